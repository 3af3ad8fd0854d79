#include "include/Gate.h"

#include <pthread.h>
#include <stdlib.h>

struct system_gate {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    int reference_count;
};

system_gate *system_gate_make(void) {
    system_gate *gate = calloc(1, sizeof *gate);
    if (gate == NULL) return NULL;
    pthread_mutex_init(&gate->mutex, NULL);
    pthread_cond_init(&gate->condition, NULL);
    gate->reference_count = 1;
    return gate;
}

void system_gate_retain(system_gate *gate) { __atomic_fetch_add(&gate->reference_count, 1, __ATOMIC_RELAXED); }

void system_gate_release(system_gate *gate) {
    if (__atomic_fetch_sub(&gate->reference_count, 1, __ATOMIC_ACQ_REL) > 1) return;
    pthread_cond_destroy(&gate->condition);
    pthread_mutex_destroy(&gate->mutex);
    free(gate);
}

void system_gate_lock(system_gate *gate) { pthread_mutex_lock(&gate->mutex); }

void system_gate_unlock(system_gate *gate) { pthread_mutex_unlock(&gate->mutex); }

void system_gate_wait(system_gate *gate) { pthread_cond_wait(&gate->condition, &gate->mutex); }

void system_gate_wake(system_gate *gate) { pthread_cond_broadcast(&gate->condition); }
