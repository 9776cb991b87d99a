// Starts the command line in the environment's COMMAND, waits, and ends as it ended. NSIS wants paths with blanks
// without quotes (/D=, _?=), and Wine, which makes a command line of arguments, quotes them.

#include <windows.h>

int main()
{
    static wchar_t command[32'768];
    if (GetEnvironmentVariableW(L"COMMAND", command, static_cast<DWORD>(sizeof command / sizeof *command)) == 0)
        return 90;
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION process{};
    if (!CreateProcessW(nullptr, command, nullptr, nullptr, FALSE, 0, nullptr, nullptr, &start, &process))
        return 91;
    WaitForSingleObject(process.hProcess, INFINITE);
    DWORD code = 92;
    GetExitCodeProcess(process.hProcess, &code);
    return static_cast<int>(code);
}
