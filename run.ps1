# Starts CyberMesh Conway: builds it, runs it. Arguments go to the program:
#
#   .\run.ps1                     the window
#   .\run.ps1 --headless          the server alone
#   .\run.ps1 --help              what else it understands
#
# Wants CMake, Ninja, Qt with WebSockets (its folder in CMAKE_PREFIX_PATH, such as C:\Qt\6.8.1\msvc2022_64) and a compiler:
# Visual Studio's in a developer prompt, else MinGW's g++. If PowerShell refuses scripts:
# powershell -ExecutionPolicy Bypass -File run.ps1
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '.ci\setup.ps1')

$preset = Get-WindowsPreset
Invoke-Build $preset
$program = Join-Path $PSScriptRoot "build\$preset\bin\cybermesh-conway.exe"
# A program with windows is not waited for unless one asks: so that --headless ends with Ctrl+C here.
$arguments = @($args | ForEach-Object { if ($_ -match '[\s"]') { '"' + ($_ -replace '"', '\"') + '"' } else { $_ } })
$start = @{ FilePath = $program; NoNewWindow = $true; Wait = $true; PassThru = $true }
if ($arguments) { $start.ArgumentList = $arguments }
exit (Start-Process @start).ExitCode
