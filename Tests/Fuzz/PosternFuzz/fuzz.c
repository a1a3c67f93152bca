#include <stddef.h>
#include <stdint.h>

// libFuzzer brings its own main and calls this; SwiftPM would rename the main of a Swift program.
void postern_fuzz_start(void);
void postern_fuzz_one(const uint8_t *bytes, size_t count);

// What is read but once, such as the lexicon, counts for no input's time.
int LLVMFuzzerInitialize(int *count, char ***arguments) {
    postern_fuzz_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    postern_fuzz_one(bytes, count);
    return 0;
}
