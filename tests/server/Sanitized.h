#pragma once

namespace conway {

/// Whether a sanitizer is in this program: they keep what is freed, so that memory says nothing, and need descriptors
/// of their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

} // namespace conway
