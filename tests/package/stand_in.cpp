// Stands in for the program where the installer is tested: it is known to the system in the same way, by the program's
// own files that need no Qt.
//
//   (no argument)   a word to each stream, as --help and errors do
//   --hold          runs until its standard input ends

#include "app/Console.h"
#include "app/Presence.h"

#include <cstdio>
#include <cstring>

int main(int argc, char *argv[])
{
    conway::declarePresence();
    if (argc == 2 && std::strcmp(argv[1], "--hold") == 0) {
        std::puts("holding");
        std::fflush(stdout);
        while (std::getchar() != EOF) {
        }
        return 0;
    }
    conway::joinConsole();
    std::puts("to stdout");
    std::fputs("to stderr\n", stderr);
    return 0;
}
