# Sourced by run.sh and test.sh: what a machine must have, how it gets it, and how a preset is built. Everything here is
# quiet while it goes well.
# shellcheck shell=bash

# Building and running. qt6-base-dev brings the X11 plugin, fonts and OpenGL headers along; the others are for desktops
# that have Wayland alone, and for those that tell their colours by GTK.
build_packages=(cmake ninja-build g++ ccache qt6-base-dev qt6-websockets-dev libhwy-dev libqrcodegencpp-dev
    qt6-wayland qt6-gtk-platformtheme)

# Only for ./test.sh. g++ has the sanitizers, libclang-rt-dev has them and libFuzzer for clang; node and npm are added where there is no recent node (see below).
test_packages=(
    clang libclang-rt-dev clang-format clang-tidy lld cppcheck gcovr shellcheck
    git ca-certificates chromium xvfb xauth golly
    python3-pytest python3-pytest-asyncio python3-websockets python3-psutil faketime iproute2
    appstream desktop-file-utils dpkg-dev lintian man-db mandoc x11-utils
    g++-mingw-w64-x86-64-posix nsis wine wine64
)

# What one preset compiled need not be compiled for another: "plain" is "release" and two tests.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

least_node=18

die() {
    echo "$*" >&2
    exit 1
}

# quietly WHAT NEXT COMMAND...: shows the command's output only when it fails, and then what to do next.
quietly() {
    local what=$1 next=$2 output
    shift 2
    if ! output=$("$@" 2>&1 </dev/null); then
        printf '%s\n' "$output" >&2
        die "$what failed: $next"
    fi
}

# The packages among those named that are not installed; dpkg is asked once, apt not at all.
missing_packages() {
    local installed package
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "installed $package" <<<"$installed" || echo "$package"
    done
}

# Node from elsewhere is as good as Debian's, if it is recent enough.
node_packages() {
    local version
    version=$(node --version 2>/dev/null || true)
    version=${version#v}
    version=${version%%.*}
    [[ $version =~ ^[0-9]+$ ]] && ((version >= least_node)) || echo nodejs
    command -v npm >/dev/null || echo npm
}

# install_packages PACKAGE...: names what is missing and installs it; does nothing when nothing is.
install_packages() {
    local missing as_root=()
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "These packages are missing. As root, run: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}" >&2
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 -o DPkg::Lock::Timeout=300)
    quietly "apt-get update" "is this machine online, and are its package sources right?" "${apt[@]}" update
    quietly "apt-get install" "see above; the packages were: ${missing[*]}" \
        "${apt[@]}" install --yes --no-install-recommends "${missing[@]}"
}

# Elsewhere (macOS, other distributions) nothing is installed: what is needed is named, unless it is all there.
require_commands() {
    local command missing=()
    for command in "$@"; do
        command -v "$command" >/dev/null || missing+=("$command")
    done
    ((${#missing[@]} == 0)) || die "Not found: ${missing[*]}
This system has no apt, so please install what is needed yourself, and run this again:
  CMake >= 3.22, Ninja, a compiler for C++20, Qt >= 6.4 with its WebSockets module,
  Highway >= 1.0.3, and Nayuki's QR code generator (libqrcodegencpp)"
}

set_up_build() {
    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        install_packages "${build_packages[@]}"
    else
        require_commands cmake ninja c++
    fi
}

set_up_tests() {
    local node
    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        mapfile -t node < <(node_packages)
        install_packages "${build_packages[@]}" "${test_packages[@]}" "${node[@]}"
    else
        require_commands cmake ninja c++ clang++ clang-format clang-tidy cppcheck gcovr shellcheck git node npm
    fi
}

# configure PRESET: unless that is done and the presets have not changed since. Ninja sees to everything else itself.
configure() {
    local preset=$1
    if [[ ! -f build/$preset/build.ninja || CMakePresets.json -nt build/$preset/build.ninja ]]; then
        quietly "Configuring ($preset)" \
            "see above; if Qt is not found, name it with CMAKE_PREFIX_PATH; if in doubt, remove build/$preset" \
            cmake --preset "$preset"
        touch "build/$preset/build.ninja"
    fi
}

# build PRESET
build() {
    configure "$1"
    quietly "Building ($1)" "see above; then run this again" cmake --build --preset "$1"
}
