"""What people get on Linux: the .deb and the tarball, made of the program in CONWAY_BUILD, a build of the preset release.

Installed for real, by apt, where that may be: as root or with a sudo that asks nothing.
"""

import gzip
import os
import re
import shutil
import struct
import subprocess
import tarfile
import tempfile
import urllib.request
import xml.etree.ElementTree as xml
from contextlib import contextmanager
from pathlib import Path

import pytest

NAME = "cybermesh-conway"
METAINFO = "usr/share/metainfo/io.github.cybermesh_conway.conway.metainfo.xml"
SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("CONWAY_BUILD", SOURCE / "build/release")).resolve()
PROGRAM = BUILD / "bin" / NAME
NOBODY = 65534


def run(*command, **options):
    """What it prints; when it fails, the test does, with all of it."""
    done = subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    assert done.returncode == 0, f"{command}: {done.stdout}"
    return done.stdout


def pack(folder, *arguments, **environment):
    """The packages that cpack makes there, by their endings."""
    run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder, *arguments, env=os.environ | environment)
    return {ending: next(folder.glob("*" + ending)) for ending in (".deb", ".tar.gz") if any(folder.glob("*" + ending))}


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    return pack(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="module")
def deb(packages):
    return packages[".deb"]


@pytest.fixture(scope="module")
def newer_deb(tmp_path_factory):
    """A later version, made by somebody who keeps everything private."""
    folder = tmp_path_factory.mktemp("newer")
    before = os.umask(0o077)
    try:
        return pack(folder, "-G", "DEB", "-D", "CPACK_PACKAGE_VERSION=99.0.0")[".deb"]
    finally:
        os.umask(before)


@pytest.fixture(scope="module")
def tree(deb, tmp_path_factory):
    """The files of the .deb."""
    folder = tmp_path_factory.mktemp("tree")
    run("dpkg-deb", "--extract", deb, folder)
    return folder


@contextmanager
def running(program, *arguments, home, user=None, **environment):
    """The program, told to take any free port; yields its address and process, and ends it as a user's session would."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}
    known = {name: value for name, value in os.environ.items() if name not in hidden}
    process = subprocess.Popen([str(program), "--bind", "127.0.0.1", "--port", "0", *arguments], text=True, user=user,
                               group=user, extra_groups=[] if user else None, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=known | {"HOME": str(home)} | environment)
    try:
        line = process.stdout.readline()
        assert line.startswith("listening on "), line + (process.stderr.read() if process.poll() is not None else "")
        yield line.split()[-1].rstrip("/"), process
    finally:
        process.terminate()
        process.said = process.communicate(timeout=60)[1]
    assert process.returncode == 0, process.said


def asked(address, path):
    with urllib.request.urlopen(address + path, timeout=60) as answer:
        return answer.read().decode()


def serves(address):
    return '"status":"ok"' in asked(address, "/healthz") and "<html" in asked(address, "/")


def project_version():
    return re.search(r"project\([^)]*VERSION ([0-9.]+)", (SOURCE / "CMakeLists.txt").read_text())[1]


# The packages themselves


def test_the_same_tree_gives_the_same_packages(packages, tmp_path):
    again = pack(tmp_path, TZ="Pacific/Kiritimati", LC_ALL="C")
    for ending in ".deb", ".tar.gz":
        assert packages[ending].read_bytes() == again[ending].read_bytes(), ending


def test_whoever_packs_everybody_may_read_what_is_installed(deb, newer_deb):
    for package in deb, newer_deb:
        modes = {line[:10] for line in run("dpkg-deb", "--contents", package).splitlines()}
        assert modes == {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"}


def test_the_program_does_not_tell_where_it_was_built(tree):
    assert os.fsencode(SOURCE) + b"/" not in (tree / "usr/bin" / NAME).read_bytes()


def test_compiled_in_files_have_no_date():
    for file in BUILD.glob("*/.rcc/qrc_*.cpp"):
        assert "int version = 1;" in file.read_text(), file
    pages = list(BUILD.glob("server/dashboard/*.gz"))
    assert pages
    for file in pages:
        assert file.read_bytes()[4:8] == bytes(4), file


def test_lintian_has_no_complaint(deb):
    run("lintian", "--allow-root", "--display-info", "--pedantic", "--fail-on", "error,warning,info,pedantic", deb)


def test_every_place_tells_the_same_version(deb, tree, packages):
    version = project_version()
    assert run(PROGRAM, "--version").split() == [NAME, version]
    assert run("dpkg-deb", "--field", deb, "Version").strip() == f"{version}-1"
    assert version in packages[".tar.gz"].name
    assert gzip.open(tree / f"usr/share/doc/{NAME}/changelog.Debian.gz", "rt").readline().startswith(f"{NAME} ({version}-1) ")
    assert xml.parse(tree / METAINFO).find("releases/release").get("version") == version
    newest, *released = re.findall(r"^## \[(.+?)\]", (SOURCE / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest in ("Unreleased", version) and version not in released


def test_the_program_is_hardened(tree):
    program = tree / "usr/bin" / NAME
    assert "-D_FORTIFY_SOURCE=2" in (BUILD / "compile_commands.json").read_text()
    assert "__stack_chk_fail" in run("readelf", "--wide", "--dyn-syms", program)
    heads = run("readelf", "--wide", "--file-header", "--program-headers", "--dynamic", program)
    for what in ("Position-Independent Executable", "GNU_RELRO", "BIND_NOW"):
        assert what in heads, what
    assert re.search(r"GNU_STACK +\S+ +\S+ +\S+ +\S+ +\S+ +RW ", heads)
    assert "RPATH" not in heads and "RUNPATH" not in heads


def test_the_desktop_entry_is_valid(tree):
    entry = tree / f"usr/share/applications/{NAME}.desktop"
    assert run("desktop-file-validate", entry) == ""
    assert f"Exec={NAME}\n" in entry.read_text() and f"Icon={NAME}\n" in entry.read_text()


def test_the_metainfo_is_valid(tree):
    run("appstreamcli", "validate", "--no-net", "--pedantic", tree / METAINFO)
    assert xml.parse(tree / METAINFO).findtext("launchable") == f"{NAME}.desktop"


def test_icons_have_the_size_of_their_folder(tree):
    hicolor = tree / "usr/share/icons/hicolor"
    icons = list(hicolor.glob("*/apps/*.png"))
    assert {16, 24, 32, 48, 64, 128, 256, 512} <= {int(icon.parts[-3].split("x")[0]) for icon in icons}
    for icon in icons:
        width, height = struct.unpack(">II", icon.read_bytes()[16:24])
        assert icon.parts[-3] == f"{width}x{height}"
    assert xml.parse(hicolor / f"scalable/apps/{NAME}.svg").getroot().tag.endswith("svg")


def test_the_manual_page_says_what_help_says(tree):
    page = run("man", "--local-file", "--no-hyphenation", "--no-justification",
               tree / f"usr/share/man/man1/{NAME}.1.gz", env=os.environ | {"MANWIDTH": "1000", "LC_ALL": "C.UTF-8"})
    page = re.sub(r"\s+", " ", page)
    told = re.split(r"\n  (?=\S)", run(PROGRAM, "--help").partition("Options:")[2].replace("Arguments:", ""))[1:]
    assert len(told) > 20
    for entry in told:
        # The page sets "--port <number>" as "--port number", with the second word in italics.
        words = re.sub(r"^(\S+) <(.*?)>", r"\1 \2", re.sub(r"\s+", " ", entry).strip())
        assert words in page


def test_the_manual_page_has_no_mistake(tree):
    page = tree / f"usr/share/man/man1/{NAME}.1.gz"
    assert run("sh", "-c", 'man --warnings --local-file "$0" 2>&1 >/dev/null', page) == ""
    assert run("mandoc", "-T", "lint", "-W", "warning", page) == ""


# The tarball


@pytest.fixture
def place():
    """A folder that anybody may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.fixture
def unpacked(packages, place):
    """Where its program lies: a path with spaces, quotation marks, Cyrillic and Hangul."""
    folder = place / 'Игра "Жизнь" 생명 게임'
    folder.mkdir()
    with tarfile.open(packages[".tar.gz"]) as archive:
        archive.extractall(folder)
    (bin_folder,) = folder.glob("*/bin")
    return bin_folder


@pytest.fixture
def home(place):
    folder = place / "home"
    folder.mkdir()
    folder.chmod(0o777)
    return folder


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_it_runs_where_it_was_unpacked(unpacked, home, locale):
    with running(unpacked / NAME, "--headless", home=home, LC_ALL=locale) as (address, _):
        assert serves(address)
    assert list(home.rglob(f"{NAME}.log"))
    assert sorted(file.name for file in unpacked.iterdir()) == [NAME]


def test_a_portable_copy_leaves_nothing_elsewhere(unpacked, home):
    (unpacked / "portable").touch()
    with running(unpacked / NAME, home=home, QT_QPA_PLATFORM="offscreen", LC_ALL="C") as (address, _):
        assert serves(address)
    assert (unpacked / f"{NAME}.ini").stat().st_size > 0
    assert (unpacked / f"logs/{NAME}.log").stat().st_size > 0
    assert [file for file in home.rglob("*") if NAME in file.name.lower() or "cybermesh" in file.name.lower()] == []


def test_two_portable_copies_have_a_window_each(unpacked, home, tmp_path):
    (unpacked / "portable").touch()
    other = shutil.copytree(unpacked, tmp_path / "other")
    with running(unpacked / NAME, home=home, QT_QPA_PLATFORM="offscreen") as (one, _):
        with running(other / NAME, home=home, QT_QPA_PLATFORM="offscreen") as (two, _):
            assert one != two and serves(one) and serves(two)


def test_a_folder_that_cannot_be_written_stops_nobody(unpacked, home):
    (unpacked / "portable").touch()
    unpacked.chmod(0o555)
    user = NOBODY if os.geteuid() == 0 else None  # nothing stops root from writing
    try:
        with running(unpacked / NAME, home=home, user=user, QT_QPA_PLATFORM="offscreen") as (address, process):
            assert serves(address)
    finally:
        unpacked.chmod(0o755)
    assert "no log file" in process.said
    assert "what is chosen in the window will be forgotten" in process.said
    assert sorted(file.name for file in unpacked.iterdir()) == [NAME, "portable"]


@pytest.fixture
def small_disk(tmp_path):
    """Makes a script that goes on in a world of its own, where a user is root and may mount, with a disk of its own at /mnt."""
    def script(size, rest):
        file = tmp_path / "on-a-small-disk"
        file.write_text("#!/bin/sh\nset -eu\n"
                        '[ "${1-}" = inside ] || exec unshare --map-root-user --mount "$0" inside "$@"\n'
                        f"shift\nmount -t tmpfs -o size={size} none /mnt\n{rest}\n")
        file.chmod(0o755)
        return file
    if subprocess.run([script("1M", "true")], capture_output=True).returncode != 0:
        pytest.skip("this machine lets a user mount no disk")
    return script


def test_a_full_disk_stops_nobody(unpacked, home, small_disk):
    (unpacked / "portable").touch()
    program = small_disk("8M", 'cp "$FROM"/* /mnt\n'
                               "cat /dev/zero >/mnt/filler 2>/dev/null || true\n"
                               f'exec /mnt/{NAME} "$@"')
    with running(program, home=home, QT_QPA_PLATFORM="offscreen", FROM=str(unpacked)) as (address, process):
        assert serves(address)
        assert os.readlink(f"/proc/{process.pid}/exe") == f"/mnt/{NAME}"


@pytest.fixture
def screen():
    """A display of 1920x1080 pixels, by its name."""
    reader, writer = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
                              pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as said:
        yield ":" + said.readline().strip()
    server.terminate()
    server.wait()


@pytest.mark.parametrize("scale", ["1.25", "1.5", "1.75", "2", "2.5"])
def test_at_any_scale_the_window_is_on_the_screen(unpacked, home, screen, scale):
    with running(unpacked / NAME, home=home, DISPLAY=screen, QT_QPA_PLATFORM="xcb", QT_SCALE_FACTOR=scale) as (address, process):
        assert serves(address)
        window = None
        while not window:
            assert process.poll() is None
            tree = subprocess.run(["xwininfo", "-display", screen, "-root", "-tree"], capture_output=True, text=True).stdout
            window = re.search(r'"CyberMesh Conway": .* (\d+)x(\d+)[+-]\d+[+-]\d+ +\+(\d+)\+(\d+)$', tree, re.MULTILINE)
        width, height, left, top = map(int, window.groups())
        assert 1200 <= width <= 1920 - left and 800 <= height <= 1080 - top
    assert " warning conway" not in process.said


# Installed


def root_prefix():
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def apt(*arguments):
    run(*root_prefix(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "--yes",
        "-o", "DPkg::Lock::Timeout=300", *arguments)


def installed_version():
    done = subprocess.run(["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", NAME],
                          capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def files_of(deb):
    return [Path("/", line) for line in run("sh", "-c", 'dpkg-deb --fsys-tarfile "$0" | tar -t', deb).splitlines()]


@pytest.fixture(scope="module")
def there_before(deb):
    """What lies in the package's places without it."""
    return {file for file in files_of(deb) if file.exists()}


@pytest.fixture(scope="module")
def installed(deb, there_before):
    """The program, installed for the tests below."""
    if root_prefix() is None:
        pytest.skip("to install it takes root, or a sudo that asks for no password")
    if installed_version():
        pytest.skip("it is installed on this machine, and not ours to remove")
    try:
        apt("install", "--no-install-recommends", deb)
        yield Path("/usr/bin", NAME)
    finally:
        if installed_version():
            apt("purge", NAME)


def test_installed_it_serves(installed, home):
    with running(installed, "--headless", home=home) as (address, _):
        assert serves(address)


def test_a_person_without_rights_runs_what_root_installed(installed, home):
    user = NOBODY if os.geteuid() == 0 else None
    with running(installed, home=home, user=user, QT_QPA_PLATFORM="offscreen") as (address, process):
        assert serves(address)
    assert " warning conway" not in process.said
    assert {file.name for file in home.rglob("*") if file.is_file()} >= {f"{NAME}.ini", f"{NAME}.log"}


def test_the_unit_is_one_that_systemd_understands(installed, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd on this machine")
    unit = f"/usr/lib/systemd/user/{NAME}.service"
    assert run("systemd-analyze", "--user", "--man=no", "verify", unit, env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}) == ""


def test_newer_and_older_take_each_others_place_while_it_runs(installed, home, deb, newer_deb):
    with running(installed, "--headless", home=home) as (address, process):
        for package, version in (newer_deb, "99.0.0-1"), (deb, f"{project_version()}-1"), (deb, f"{project_version()}-1"):
            apt("install", "--reinstall", "--allow-downgrades", "--no-install-recommends", package)
            assert installed_version() == f"installed {version}"
            assert serves(address) and process.poll() is None
            with running(installed, "--headless", home=home) as (next_address, _):
                assert serves(next_address)


def test_removed_nothing_is_left(installed, deb, there_before):
    apt("purge", NAME)
    assert installed_version() == ""
    assert {file for file in files_of(deb) if file.exists()} == there_before


def test_an_upgrade_without_space_leaves_what_was_there(deb, newer_deb, small_disk):
    script = small_disk("3M", """
        mkdir -p /mnt/var/lib/dpkg/info /mnt/var/lib/dpkg/updates /mnt/var/lib/dpkg/triggers
        touch /mnt/var/lib/dpkg/status
        put() { dpkg --root=/mnt --log=/dev/null --force-depends --install "$1"; }
        put "$1"
        if put "$2"; then exit 1; fi
        dpkg --root=/mnt --verify cybermesh-conway
        dpkg-query --admindir=/mnt/var/lib/dpkg --show
        /mnt/usr/bin/cybermesh-conway --version""")
    said = run(script, deb, newer_deb)
    assert "No space left on device" in said
    assert f"{NAME}\t{project_version()}-1\n{NAME} {project_version()}\n" in said
