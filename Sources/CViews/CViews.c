#include "CViews.h"
