#pragma once

#include <QByteArray>

#include <string>

namespace conway {

/// Sides of the universes measured.
inline constexpr int kSides[] = {8, 64, 1024, 4096, 16384};

inline constexpr const char *kCopyName = "memcpy/32 MiB, as 16384";

[[nodiscard]] std::string kernelName(const QByteArray &target, int side, bool isSettled, bool isAlone);

/// Who wants the frames of a step: nobody; somebody connected who holds the newest, as the server does; the caller, who
/// lists the cells that changed, as the brief's step() does.
enum class Reader { Nobody, Holds, Lists };

[[nodiscard]] std::string stepName(int side, Reader reader);
[[nodiscard]] std::string advanceName(int side);

void addKernelBenches();
void addEngineBenches();
void addFormatBenches();
void addStreamBenches();

} // namespace conway
