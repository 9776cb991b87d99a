# Dot-sourced by run.ps1 and test.ps1: which preset fits this machine, and how it is built.

# Visual Studio's compiler if there is one, since only in a developer prompt it is in the path; else MinGW's.
function Get-WindowsPreset {
    foreach ($command in 'cmake', 'ninja') {
        if (-not (Get-Command $command -ErrorAction SilentlyContinue)) { throw "$command is not in the path: install it, and try again." }
    }
    if (Get-Command cl -ErrorAction SilentlyContinue) { return 'windows-msvc' }
    if (Get-Command g++ -ErrorAction SilentlyContinue) { return 'windows-mingw' }
    throw 'No compiler: start this in a developer prompt of Visual Studio, or put the folder of MinGW''s g++ into the path.'
}

# Invoke-Build PRESET [options for configuring]
function Invoke-Build([string]$Preset, [string[]]$Options = @()) {
    # Its DLLs are found through the path when the program runs from where it was built.
    if ($env:CMAKE_PREFIX_PATH) { $env:PATH = (($env:CMAKE_PREFIX_PATH -split ';' | ForEach-Object { "$_\bin" }) -join ';') + ";$env:PATH" }
    Push-Location $PSScriptRoot\..
    try {
        cmake --preset $Preset @Options | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "Configuring ($Preset) failed: see above; if Qt is not found, name its folder in CMAKE_PREFIX_PATH." }
        cmake --build --preset $Preset | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "Building ($Preset) failed: see above." }
    } finally {
        Pop-Location
    }
}
