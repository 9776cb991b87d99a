#pragma once

#include <QByteArray>

#include <string>

namespace conway {

/// Sides of the universes measured.
inline constexpr int kSides[] = {8, 64, 1024, 4096, 16384};

inline constexpr const char *kCopyName = "memcpy/32 MiB";

[[nodiscard]] std::string kernelName(const QByteArray &target, int side, bool isSettled, bool isAlone);

[[nodiscard]] std::string stepName(int side, bool hasReader);
[[nodiscard]] std::string advanceName(int side);

void addKernelBenches();
void addEngineBenches();
void addFormatBenches();

} // namespace conway
