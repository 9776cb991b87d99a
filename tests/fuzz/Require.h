#pragma once

#include <cstdlib>

namespace conway {

/// What a fuzzer holds to be true of every input.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace conway
