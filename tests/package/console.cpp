// Starts a program as a command prompt starts one with windows: it has the console of its parent if it asks for it, and
// a file as its standard output.
//
//   console.exe PROGRAM FILE

#include <windows.h>

int wmain(int argc, wchar_t *argv[])
{
    FreeConsole(); // whichever Wine gave us
    if (argc != 3 || !AllocConsole())
        return 90;
    SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
    STARTUPINFOW start{};
    start.cb = sizeof start;
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdOutput =
        CreateFileW(argv[2], GENERIC_WRITE, FILE_SHARE_READ, &inherited, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    PROCESS_INFORMATION process{};
    // Windows gives no console to what has windows. Wine must be told.
    if (!CreateProcessW(argv[1], nullptr, nullptr, nullptr, TRUE, DETACHED_PROCESS, nullptr, nullptr, &start, &process))
        return 91;
    WaitForSingleObject(process.hProcess, INFINITE);
    DWORD code = 92;
    GetExitCodeProcess(process.hProcess, &code);
    return static_cast<int>(code);
}
