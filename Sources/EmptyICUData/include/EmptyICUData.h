// Nothing is called: the data is found by the linker.
