"""The installer for Windows, without Windows: built from a stand-in tree, run by Wine, which needs no display for it; and
what the program's resources say of it.

Run by ./test.sh, which installs what this needs; without Wine the tests that want it are skipped, and say so. Wine's home and
its Windows lie in a temporary folder. What Wine cannot show: the firewall (its netsh does nothing), the taskbar, UAC.
"""

import configparser
import os
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = "CyberMesh Conway"
EXE = "cybermesh-conway.exe"
ARP = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
VERSION = re.search(r"^ *VERSION (\d+\.\d+\.\d+)$", (REPOSITORY / "CMakeLists.txt").read_text(), re.MULTILINE)[1]
OLDER = "0.0.1"
NEWER = "99.0.0"

NEWER_IS_THERE, IT_RUNS, CANNOT_WRITE, WINDOWS_TOO_OLD = 3, 4, 5, 6


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, timeout=300, **options)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


# --- the program's resources ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("windows")


@pytest.fixture(scope="session")
def resources(scratch):
    """The program's resources, compiled as its build does it, and its manifest."""
    script = scratch / "configure.cmake"
    major, minor, patch = VERSION.split(".")
    script.write_text(f"""
        set(PROJECT_VERSION {VERSION})
        set(PROJECT_VERSION_MAJOR {major})
        set(PROJECT_VERSION_MINOR {minor})
        set(PROJECT_VERSION_PATCH {patch})
        set(icon {REPOSITORY}/resources/icons/cybermesh-conway.ico)
        set(manifest {scratch}/cybermesh-conway.manifest)
        configure_file({REPOSITORY}/app/cybermesh-conway.manifest.in ${{manifest}} @ONLY)
        configure_file({REPOSITORY}/app/cybermesh-conway.rc.in {scratch}/cybermesh-conway.rc @ONLY)
    """)
    run("cmake", "-P", script)
    run("x86_64-w64-mingw32-windres", scratch / "cybermesh-conway.rc", scratch / "resources.o")
    return scratch / "resources.o"


@pytest.fixture(scope="session")
def stand_in(scratch, resources):
    """A program without a console, as ours, with its resources and its presence."""
    program = scratch / EXE
    run("x86_64-w64-mingw32-g++-posix", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-O1", "-s", "-static", "-mwindows",
        "-I", REPOSITORY, REPOSITORY / "tests/package/stand_in.cpp", REPOSITORY / "app/Console_windows.cpp",
        REPOSITORY / "app/Presence_windows.cpp", resources, "-o", program)
    return program


def compile_helper(scratch, name, *options):
    program = scratch / f"{name}.exe"
    run("x86_64-w64-mingw32-g++-posix", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-s", "-static", *options,
        REPOSITORY / f"tests/package/{name}.cpp", "-o", program)
    return program


@pytest.fixture(scope="session")
def launcher(scratch):
    return compile_helper(scratch, "launch")


def test_explorer_is_told_the_version_of_cmake(resources, scratch):
    run("x86_64-w64-mingw32-windres", resources, scratch / "back.rc")
    back = (scratch / "back.rc").read_text()
    numbers = VERSION.replace(".", ", ") + ", 0"
    assert re.search(rf"FILEVERSION\s+{numbers}\b", back, re.IGNORECASE), back
    assert re.search(rf"PRODUCTVERSION\s+{numbers}\b", back, re.IGNORECASE), back
    values = dict(re.findall(r'VALUE "(\w+)",\s+"([^"\\]*)', back))
    assert values["FileVersion"] == values["ProductVersion"] == VERSION
    assert values["ProductName"] == values["FileDescription"] == NAME
    assert values["OriginalFilename"] == EXE


def test_the_icon_has_every_size_windows_asks_for():
    data = (REPOSITORY / "resources/icons/cybermesh-conway.ico").read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    assert kind == 1
    sizes = {struct.unpack_from("<BB", data, 6 + 16 * i) for i in range(count)}
    # 0 stands for 256. Small and large icons are 16 and 32 at 100 %, 20 and 40 at 125, 24 and 48 at 150, 32 and 64 at 200,
    # 40 and 80 at 250.
    assert {(side % 256, side % 256) for side in (16, 20, 24, 32, 40, 48, 64, 80, 128, 256)} <= sizes


def test_the_manifest_says_what_it_must_and_nothing_of_resolutions(resources, scratch):
    text = (scratch / "cybermesh-conway.manifest").read_text()
    manifest = ElementTree.fromstring(text)
    assert manifest.tag == "{urn:schemas-microsoft-com:asm.v1}assembly"
    assert manifest.find("{*}assemblyIdentity").get("version") == VERSION + ".0"
    assert manifest.find(".//{*}requestedExecutionLevel").get("level") == "asInvoker"
    assert manifest.find(".//{*}dependentAssembly/{*}assemblyIdentity").get("name") == "Microsoft.Windows.Common-Controls"
    assert manifest.find(".//{*}supportedOS").get("Id") == "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"
    assert manifest.find(".//{*}longPathAware").text == "true"
    assert manifest.find(".//{*}activeCodePage").text == "UTF-8"
    assert manifest.find(".//{*}dpiAware") is None and manifest.find(".//{*}dpiAwareness") is None


# --- the folder that cmake --install makes -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def fake_qt(tmp_path_factory):
    """Two libraries and a plugin by Qt's names. Only the plugin needs Qt6Gui, and both want the compiler's libraries."""
    qt = tmp_path_factory.mktemp("qt")
    for folder in ("bin", "lib", "plugins/platforms", "plugins/styles"):
        (qt / folder).mkdir(parents=True)
    compile_library = ("x86_64-w64-mingw32-g++-posix", "-std=c++20", "-shared", "-s", "-x", "c++")
    (qt / "core.cpp").write_text("#include <thread>\n"
                                 "__declspec(dllexport) int core() { std::thread([] {}).join(); return 0; }\n")
    (qt / "gui.cpp").write_text("#include <string>\n__declspec(dllexport) int gui(std::string s) { return int(s.size()); }\n")
    (qt / "plugin.cpp").write_text("#include <string>\nint gui(std::string);\n"
                                   "__declspec(dllexport) int plugin() { return gui(std::string(99, 'x')); }\n")
    run(*compile_library, qt / "core.cpp", "-o", qt / "bin/Qt6Core.dll", f"-Wl,--out-implib={qt}/lib/Qt6Core.a")
    run(*compile_library, qt / "gui.cpp", "-o", qt / "bin/Qt6Gui.dll", f"-Wl,--out-implib={qt}/lib/Qt6Gui.a")
    for plugin in ("platforms/qwindows.dll", "styles/qmodernwindowsstyle.dll"):
        run(*compile_library, qt / "plugin.cpp", "-x", "none", qt / "lib/Qt6Gui.a", "-o", qt / "plugins" / plugin)
    return qt


def install_tree(folder, qt):
    """What a cross build installs of a program that needs no more than Qt6Core, started in folder/"elsewhere". The process,
    and the folder."""
    folder.mkdir()
    (folder / "elsewhere").mkdir()
    (folder / "main.cpp").write_text("int core();\nint main() { return core(); }\n")
    (folder / "CMakeLists.txt").write_text(f"""
        cmake_minimum_required(VERSION 3.22)
        project(Tree CXX)
        add_library(Qt6::Core SHARED IMPORTED)
        set_target_properties(Qt6::Core PROPERTIES IMPORTED_LOCATION {qt}/bin/Qt6Core.dll IMPORTED_IMPLIB {qt}/lib/Qt6Core.a)
        set(QT6_INSTALL_PLUGINS plugins)
        add_executable(cybermesh-conway main.cpp)
        target_link_libraries(cybermesh-conway PRIVATE Qt6::Core)
        include({REPOSITORY}/installer/windows/install.cmake)
    """)
    run("cmake", "-G", "Ninja", "-S", folder, "-B", folder / "build", f"-DCMAKE_TOOLCHAIN_FILE={REPOSITORY}/cmake/mingw-w64.cmake",
        f"-DCMAKE_INSTALL_PREFIX={folder}/tree")
    run("cmake", "--build", folder / "build")
    installed = subprocess.run(["cmake", "--install", folder / "build"], cwd=folder / "elsewhere", capture_output=True, text=True,
                               timeout=120)
    return installed, folder / "tree"


@pytest.fixture(scope="session")
def tree(fake_qt, tmp_path_factory):
    installed, tree = install_tree(tmp_path_factory.mktemp("install") / "project", fake_qt)
    assert installed.returncode == 0, installed.stderr
    return tree


def test_the_folder_holds_what_its_files_need(tree):
    licences = {f"licenses/{path.name}" for path in (REPOSITORY / "installer/windows/licenses").iterdir()}
    assert files_in(tree) == licences | {
        EXE,
        "Qt6Core.dll",
        "Qt6Gui.dll",
        "libgcc_s_seh-1.dll",
        "libstdc++-6.dll",
        "libwinpthread-1.dll",
        "licenses/CyberMesh-Conway.txt",
        "platforms/qwindows.dll",
        "styles/qmodernwindowsstyle.dll",
    }


def test_nothing_is_written_where_one_stands(tree):
    assert list((tree.parent / "elsewhere").iterdir()) == []


def test_the_folder_runs_by_itself(tree, wine):
    assert wine(tree / EXE) == 0


@pytest.mark.parametrize("missing", ["bin/Qt6Gui.dll", "plugins/platforms/qwindows.dll"])
def test_a_folder_that_would_not_run_is_refused(fake_qt, tmp_path, missing):
    qt = shutil.copytree(fake_qt, tmp_path / "qt")
    (qt / missing).unlink()
    installed, _ = install_tree(tmp_path / "project", qt)
    assert installed.returncode != 0
    assert Path(missing).name.lower() in installed.stderr.lower()


# --- what people download --------------------------------------------------------------------------------------------


def build_release(folder, version, stand_in, more=()):
    """A checkout of that version, as far as build.sh is concerned, a tree of it, and what build.sh makes of both."""
    for part in ("installer", "resources/icons"):
        shutil.copytree(REPOSITORY / part, folder / "checkout" / part)
    shutil.copy(REPOSITORY / "LICENSE", folder / "checkout")
    recipe = (REPOSITORY / "CMakeLists.txt").read_text()
    (folder / "checkout/CMakeLists.txt").write_text(recipe.replace(f"VERSION {VERSION}", f"VERSION {version}"))
    tree = folder / "tree"
    for name in ("platforms/qwindows.dll", "licenses/CyberMesh-Conway.txt", *more):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(f"{name} of {version}")
    shutil.copy(stand_in, tree / EXE)
    run(folder / "checkout/installer/windows/build.sh", tree, folder / "out")
    return folder / f"out/cybermesh-conway-{version}-windows-x64-setup.exe"


@pytest.fixture(scope="session")
def setup(tmp_path_factory, stand_in):
    return build_release(tmp_path_factory.mktemp("current"), VERSION, stand_in, ["styles/new.dll"])


@pytest.fixture(scope="session")
def older_setup(tmp_path_factory, stand_in):
    return build_release(tmp_path_factory.mktemp("older"), OLDER, stand_in, ["old/forgotten.dll"])


@pytest.fixture(scope="session")
def newer_setup(tmp_path_factory, stand_in):
    return build_release(tmp_path_factory.mktemp("newer"), NEWER, stand_in)


def test_the_zip_is_the_tree_and_the_word_portable(setup, tmp_path):
    shutil.unpack_archive(setup.with_name(f"cybermesh-conway-{VERSION}-windows-x64-portable.zip"), tmp_path)
    [top] = tmp_path.iterdir()
    assert files_in(top) == files_in(setup.parent.parent / "tree") | {"portable"}


def test_the_sums_are_those_of_the_files(setup):
    names = {line.split()[1] for line in (setup.parent / "SHA256SUMS").read_text().splitlines()}
    assert names == {path.name for path in setup.parent.iterdir()} - {"SHA256SUMS"}
    run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=setup.parent)


def test_the_installer_tells_its_version(setup):
    data = setup.read_bytes()
    assert f"ProductVersion\0\0{VERSION}\0".encode("utf-16le") in data or VERSION.encode("utf-16le") in data


def test_a_tree_without_the_program_is_refused(tmp_path):
    done = subprocess.run([REPOSITORY / "installer/windows/build.sh", tmp_path, tmp_path / "out"], capture_output=True, timeout=60)
    assert done.returncode != 0 and EXE in done.stderr.decode()


def test_the_names_by_which_installer_and_program_know_each_other_are_the_same():
    program = (REPOSITORY / "app/Presence_windows.cpp").read_text()
    script = (REPOSITORY / "installer/windows/cybermesh-conway.nsi").read_text()
    for define in ("APP_ID", "MUTEX"):
        name = re.search(rf'^!define {define} "(.*)"$', script, re.MULTILINE)[1]
        assert name in program


# --- installing it ---------------------------------------------------------------------------------------------------


class Wine:
    """A Windows of our own. Everything that its programs see of this machine is in `home`."""

    def __init__(self, home, launcher):
        self.launcher = launcher
        self.drive = home / "prefix/drive_c"
        # Nothing of the desktop that runs the tests: no display, no offer to install Gecko or Mono.
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
        self.environment = kept | {"LC_ALL": "C.UTF-8", "HOME": str(home), "WINEPREFIX": str(home / "prefix"), "WINEDEBUG": "-all",
                                   "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe="}

    def __call__(self, *command):
        """The exit code of a program. What it prints goes nowhere: Windows' services, begun with the first, would keep a pipe."""
        return subprocess.run(["wine", *map(str, command)], env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120).returncode

    def launch(self, command):
        """The same of a command line as Windows has it."""
        return subprocess.run(["wine", self.launcher], env=self.environment | {"COMMAND": command}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120).returncode

    def begin(self, *command):
        return subprocess.Popen(["wine", *map(str, command)], env=self.environment, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def values(self, key):
        """What stands in a key of the registry; nothing when there is no such key."""
        export = self.drive / "export.reg"
        export.unlink(missing_ok=True)
        self("reg", "export", key, r"C:\export.reg", "/y")
        if not export.exists():
            return {}
        text = export.read_text("utf-16").split("\n", 1)[1]
        parser = configparser.RawConfigParser(delimiters="=", strict=False)
        parser.optionxform = lambda name: name.strip('"')
        parser.read_string(text)
        section = next((name for name in parser.sections() if name.lower().endswith(key.lower().split("\\", 1)[1])), None)
        return {name: unescaped(value) for name, value in parser.items(section)} if section else {}

    def end(self):
        subprocess.run(["wineserver", "-k"], env=self.environment, timeout=60)


def unescaped(value):
    if value.startswith("dword:"):
        return int(value[6:], 16)
    return value.strip('"').replace('\\"', '"').replace("\\\\", "\\")


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def wine(tmp_path_factory, launcher):
    if shutil.which("wine") is None:
        pytest.skip("Wine is not installed: apt-get install wine wine64")
    wine = Wine(tmp_path_factory.mktemp("wine"), launcher)
    assert wine("wineboot", "--init") == 0
    assert wine("winecfg", "/v", "win10") == 0
    # While something runs, Windows need not start for each command anew.
    company = wine.begin("cmd")
    yield wine
    wine.end()
    company.communicate(timeout=60)


class Installed:
    """Where things are, for one user or for all."""

    def __init__(self, wine, mode):
        self.wine, self.mode = wine, mode
        [user] = (folder for folder in (wine.drive / "users").iterdir() if folder.name != "Public")
        public, menu = wine.drive / "users/Public", "Microsoft/Windows/Start Menu/Programs"
        for_all = mode == "AllUsers"
        self.hive = "HKLM" if for_all else "HKCU"
        self.folder = wine.drive / f"Program Files/{NAME}" if for_all else user / f"AppData/Local/Programs/{NAME}"
        self.menu = (wine.drive / "ProgramData" / menu if for_all else user / "AppData/Roaming" / menu) / f"{NAME}.lnk"
        self.desktop = (public if for_all else user) / f"Desktop/{NAME}.lnk"
        self.settings, self.log = user / "AppData/Roaming/CyberMesh", user / "AppData/Local/CyberMesh"

    def install(self, setup, *options):
        return self.wine(setup, "/S", f"/{self.mode}", *options)

    def uninstall(self, *options):
        """As Windows' settings do it, but where it lies: else it goes on as a copy of itself, for which nobody waits."""
        command = self.entry()["QuietUninstallString"]
        code = self.wine.launch(f"{command} {' '.join(options)} _?={self.windows_folder()}")
        if code == 0:
            (self.folder / "uninstall.exe").unlink()
            if not any(self.folder.iterdir()):
                self.folder.rmdir()
        return code

    def windows_folder(self):
        return "C:\\" + str(self.folder.relative_to(self.wine.drive)).replace("/", "\\")

    def entry(self):
        return self.wine.values(f"{self.hive}\\{ARP}")

    def autostart(self):
        return self.wine.values(f"{self.hive}\\{RUN}").get(NAME)


def clean(place):
    if (place.folder / "uninstall.exe").exists():
        place.uninstall("/SETTINGS")
    shutil.rmtree(place.folder, ignore_errors=True)


@pytest.fixture(params=["CurrentUser", "AllUsers"])
def place(request, wine):
    place = Installed(wine, request.param)
    yield place
    clean(place)


@pytest.fixture
def own_place(wine):
    place = Installed(wine, "CurrentUser")
    yield place
    clean(place)


def test_it_installs_what_was_promised(place, setup):
    assert place.install(setup, "/DESKTOP", "/AUTOSTART") == 0

    tree = files_in(setup.parent.parent / "tree")
    assert files_in(place.folder) == tree | {"uninstall.exe"}
    assert place.menu.exists() and place.desktop.exists()
    folder = place.windows_folder()
    target = f"{folder}\\{EXE}".encode("utf-16le").lower()
    assert target in place.menu.read_bytes().lower()
    assert place.autostart().lower() == f'"{folder}\\{EXE}" --minimized'.lower()

    entry = place.entry()
    assert entry.pop("EstimatedSize") >= sum(path.stat().st_size for path in (setup.parent.parent / "tree").rglob("*")) // 1024 // 2
    assert {name: str(value).lower() for name, value in entry.items()} == {
        "DisplayName": NAME.lower(),
        "DisplayVersion": VERSION,
        "Publisher": "cybermesh",
        "DisplayIcon": f"{folder}\\{EXE},0".lower(),
        "InstallLocation": folder.lower(),
        "UninstallString": f'"{folder}\\uninstall.exe" /{place.mode}'.lower(),
        "QuietUninstallString": f'"{folder}\\uninstall.exe" /{place.mode} /s'.lower(),
        "NoModify": "1",
        "NoRepair": "1",
    }


def test_nothing_is_left_of_it(place, setup, wine):
    # The folders that Windows has anyway.
    for folder in (place.menu.parent, place.desktop.parent, place.folder.parent):
        folder.mkdir(parents=True, exist_ok=True)
    before = {path for path in wine.drive.rglob("*") if "windows" not in path.parts and "Temp" not in path.parts}
    assert place.install(setup, "/DESKTOP", "/AUTOSTART", "/FIREWALL") == 0
    place.settings.mkdir(parents=True)
    (place.settings / "cybermesh-conway.ini").write_text("[server]\nport=8001\n")
    (place.log / "cybermesh-conway/logs").mkdir(parents=True)
    (place.log / "cybermesh-conway/logs/cybermesh-conway.log").write_text("a line\n")

    assert place.uninstall("/SETTINGS") == 0
    assert not place.entry() and not place.autostart()
    assert not place.menu.exists() and not place.desktop.exists()
    after = {path for path in wine.drive.rglob("*") if "windows" not in path.parts and "Temp" not in path.parts}
    assert after - before - {wine.drive / "export.reg"} == set()


def test_settings_stay_unless_one_says_otherwise(own_place, setup):
    assert own_place.install(setup) == 0
    own_place.settings.mkdir(parents=True)
    (own_place.settings / "cybermesh-conway.ini").write_text("[server]\nport=8001\n")
    assert own_place.uninstall() == 0
    assert not own_place.folder.exists()
    assert (own_place.settings / "cybermesh-conway.ini").read_text() == "[server]\nport=8001\n"
    shutil.rmtree(own_place.settings)


def test_nobody_gets_what_was_not_asked_for(own_place, setup):
    assert own_place.install(setup) == 0
    assert own_place.menu.exists() and not own_place.desktop.exists()
    assert own_place.autostart() is None
    assert "FirewallRule" not in own_place.entry()


def test_the_older_one_goes_and_its_choices_stay(place, older_setup, setup):
    assert place.install(older_setup, "/DESKTOP", "/AUTOSTART") == 0
    assert (place.folder / "old/forgotten.dll").exists()
    assert place.install(setup) == 0
    assert files_in(place.folder) == files_in(setup.parent.parent / "tree") | {"uninstall.exe"}
    assert not (place.folder / "old").exists()
    assert place.entry()["DisplayVersion"] == VERSION
    assert place.desktop.exists() and place.autostart()


def test_it_installs_over_itself(own_place, setup):
    assert own_place.install(setup) == 0
    (own_place.folder / "platforms/qwindows.dll").write_text("broken")
    assert own_place.install(setup) == 0
    assert (own_place.folder / "platforms/qwindows.dll").read_text() == f"platforms/qwindows.dll of {VERSION}"


def test_a_newer_one_stays(own_place, newer_setup, setup):
    assert own_place.install(newer_setup) == 0
    assert own_place.install(setup) == NEWER_IS_THERE
    assert own_place.entry()["DisplayVersion"] == NEWER
    assert (own_place.folder / "platforms/qwindows.dll").read_text() == f"platforms/qwindows.dll of {NEWER}"


def test_it_does_not_touch_what_runs(place, setup, wine):
    assert place.install(setup) == 0
    before = (place.folder / EXE).stat().st_mtime_ns
    program = wine.begin(place.folder / EXE, "--hold")
    assert program.stdout.readline().strip() == b"holding"
    try:
        assert place.install(setup) == IT_RUNS
        assert place.uninstall() == IT_RUNS
        assert (place.folder / EXE).stat().st_mtime_ns == before and place.entry()
    finally:
        program.communicate(timeout=60)
    assert place.install(setup) == 0


def test_a_folder_may_have_blanks_and_any_letters(own_place, setup, wine):
    assert wine.launch(f'"Z:{setup}" /S /CurrentUser /D=C:\\Жизнь ü 生命\\a b') == 0
    own_place.folder = wine.drive / "Жизнь ü 生命/a b"
    assert files_in(own_place.folder) == files_in(setup.parent.parent / "tree") | {"uninstall.exe"}
    assert own_place.entry()["InstallLocation"] == own_place.windows_folder()
    # It finds the folder again without being told.
    assert own_place.install(setup) == 0
    assert (own_place.folder / EXE).exists()
    assert own_place.uninstall() == 0
    assert not own_place.folder.exists()


def test_what_a_user_put_there_stays(own_place, setup):
    assert own_place.install(setup) == 0
    (own_place.folder / "my.rle").write_text("bo$2bo$3o!")
    assert own_place.uninstall() == 0
    assert files_in(own_place.folder) == {"my.rle"}


def test_a_folder_that_cannot_be_written_is_named_by_a_code(own_place, setup, wine):
    # Not even an administrator, as Wine's user is, makes a folder in /proc.
    assert wine.launch(f'"Z:{setup}" /S /CurrentUser /D=Z:\\proc\\conway') == CANNOT_WRITE
    assert not own_place.entry()


def test_an_old_windows_is_refused(own_place, setup, wine):
    assert wine("winecfg", "/v", "win7") == 0
    try:
        assert own_place.install(setup) == WINDOWS_TOO_OLD
    finally:
        assert wine("winecfg", "/v", "win10") == 0
    assert not own_place.entry() and not own_place.folder.exists()


def test_what_is_said_arrives_where_it_was_sent(stand_in, wine, tmp_path):
    """A program with windows has no streams but those it was given."""
    program = wine.begin(stand_in)
    out, err = program.communicate(timeout=60)
    assert (out.split(), err.split()) == ([b"to", b"stdout"], [b"to", b"stderr"])
    with open(tmp_path / "out", "wb") as file:
        subprocess.run(["wine", stand_in], env=wine.environment, stdin=subprocess.DEVNULL, stdout=file,
                       stderr=subprocess.DEVNULL, check=True, timeout=60)
    assert (tmp_path / "out").read_bytes().split() == [b"to", b"stdout"]


def test_a_file_wins_over_the_console(stand_in, scratch, wine, tmp_path):
    """What was redirected stays so. What was not appears in the console, which Wine's C library cannot open that way."""
    console = compile_helper(scratch, "console", "-municode")
    assert wine(console, f"Z:{stand_in}", f"Z:{tmp_path}/out") == 0
    assert (tmp_path / "out").read_bytes().split() == [b"to", b"stdout"]
