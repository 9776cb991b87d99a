# Builds and runs the tests that run on Windows: those of CTest. The other gates (format, lint, browser, sanitizers, fuzzers,
# packages) are ./test.sh's, on Debian.
#
#   .\test.ps1          all of them
#   .\test.ps1 quick    the unit tests
#
# The last line is "N passed, N failed"; the exit code is 0 when nothing failed. What it needs: see run.ps1.
param([ValidateSet('', 'quick')][string]$What = '')
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '.ci\setup.ps1')

$preset = Get-WindowsPreset
$folder = Join-Path $PSScriptRoot "build\$preset"
$only = @()
if ($What -eq 'quick') { $only = '-L', 'unit' }
try {
    Invoke-Build $preset '-DBUILD_TESTING=ON'
} catch {
    Write-Host $_
    Write-Host '0 passed, 1 failed'
    exit 1
}
ctest --test-dir $folder --output-on-failure --parallel $env:NUMBER_OF_PROCESSORS @only | Tee-Object -Variable log
$ok = $LASTEXITCODE -eq 0
$passed = 0
$failed = 0
foreach ($line in $log) {
    if ($line -match '(\d+) tests failed out of (\d+)$') {
        $failed = [int]$Matches[1]
        $passed = [int]$Matches[2] - $failed
    }
}
if (-not $ok -and $failed -eq 0) { $failed = 1 } # CTest itself
Write-Host "$passed passed, $failed failed"
exit [int](-not $ok)
