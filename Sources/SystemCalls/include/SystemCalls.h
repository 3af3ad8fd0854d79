#pragma once

// Calls of the C library for Swift. Memory is handed over as views (see CViews.h), and what a call answers is a value: so none needs a pointer there.
// Where a call fails it says so as the C library does, and `errno` says why.

#include "DescriptorCalls.h"
#include "Gate.h"
#include "PathCalls.h"
#include "ProcessCalls.h"
#include "SignalCalls.h"
#include "TextConverter.h"
