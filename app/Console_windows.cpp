#include "app/Console.h"

#include <windows.h>

#include <cstdio>
#include <cstdlib>

namespace conway {

namespace {

/// Whether somebody gave this stream a file, a pipe or NUL.
bool isTaken(DWORD stream)
{
    const HANDLE handle = GetStdHandle(stream);
    return handle != nullptr && handle != INVALID_HANDLE_VALUE && GetFileType(handle) != FILE_TYPE_UNKNOWN;
}

/// The console is the parent's, who goes on using it.
UINT codePageBefore = 0;

void restoreCodePage()
{
    SetConsoleOutputCP(codePageBefore);
}

} // namespace

void joinConsole()
{
    const bool isInputTaken = isTaken(STD_INPUT_HANDLE);
    const bool isOutputTaken = isTaken(STD_OUTPUT_HANDLE);
    const bool isErrorTaken = isTaken(STD_ERROR_HANDLE);
    if ((isOutputTaken && isErrorTaken) || !AttachConsole(ATTACH_PARENT_PROCESS))
        return;
    // In this order, so that each gets its own number.
    if (!isInputTaken)
        static_cast<void>(std::freopen("CONIN$", "r", stdin));
    if (!isOutputTaken)
        static_cast<void>(std::freopen("CONOUT$", "w", stdout));
    if (!isErrorTaken)
        static_cast<void>(std::freopen("CONOUT$", "w", stderr));
    // The manifest makes UTF-8 the encoding of all our text.
    codePageBefore = GetConsoleOutputCP();
    if (codePageBefore != CP_UTF8 && SetConsoleOutputCP(CP_UTF8))
        std::atexit(restoreCodePage);
}

} // namespace conway
