#pragma once

#include <sys/stat.h>

#include "include/PathCalls.h"

/// \param status of the call that found them: where it is not 0, they are not looked at.
system_attributes system_attributes_from(int status, const struct stat *found);
