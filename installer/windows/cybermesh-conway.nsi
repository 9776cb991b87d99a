; The installer for Windows. build.sh compiles it; by hand:
;
;   makensis -WX -DVERSION=1.2.3 -DTREE=folder -DREMOVAL=file -DOUTPUT=setup.exe cybermesh-conway.nsi
;
; TREE is what `cmake --install` made, REMOVAL the list of its files as commands that delete them, which build.sh writes:
; nothing is ever removed that was not installed. With SIGN set to a command, that is run with the installer and with the
; uninstaller as its argument.
;
; Without a word on the screen:
;
;   setup.exe /S [/CurrentUser | /AllUsers] [/DESKTOP] [/AUTOSTART] [/FIREWALL] [/D=C:\a folder, last and without quotes]
;   uninstall.exe /S [/SETTINGS]
;
; An administrator installs for all users, unless told otherwise. Exit codes beside NSIS' own (0 done, 1 cancelled,
; 2 failed):

!define NEWER_IS_THERE 3
!define IT_RUNS 4
!define CANNOT_WRITE 5
!define WINDOWS_TOO_OLD 6
!define NEEDS_ADMINISTRATOR 7

Unicode true
Target amd64-unicode ; the 32-bit one does nothing under a Wine without 32 bits, and says so to nobody
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10
AllowSkipFiles off ; half an installation is none

!define NAME "CyberMesh Conway"
!define PUBLISHER "CyberMesh"
!define EXE "cybermesh-conway.exe"
!define ARP "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}" ; Add/Remove Programs
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"

; These are app/Presence_windows.cpp's.
!define APP_ID "CyberMesh.Conway"
!define MUTEX "CyberMesh.Conway"

!define MULTIUSER_EXECUTIONLEVEL Highest ; who cannot be administrator is not asked to, and installs for themselves
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${ARP}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME InstallLocation
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${ARP}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME UninstallString

!include MultiUser.nsh
!include MUI2.nsh
!include Sections.nsh
!include WordFunc.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey FileDescription "Installer of ${NAME}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT licence"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"

!ifdef SIGN
    !finalize '${SIGN} "%1"'
    !uninstfinalize '${SIGN} "%1"'
!endif

; --- the pages ---------------------------------------------------------------------------------------------------------

!define MUI_ICON "..\..\resources\icons\cybermesh-conway.ico"
!define MUI_UNICON "${MUI_ICON}"
!define MUI_ABORTWARNING

!insertmacro MUI_PAGE_LICENSE "..\..\LICENSE"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!define MUI_PAGE_CUSTOMFUNCTION_PRE offerChoices
!define MUI_COMPONENTSPAGE_SMALLDESC
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Start ${NAME}"
!define MUI_FINISHPAGE_RUN_FUNCTION startProgram
!insertmacro MUI_PAGE_FINISH

!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE English

; --- what both have in common ------------------------------------------------------------------------------------------

; Ends the installer or uninstaller with a code and, unless it is silent, a sentence.
!macro STOP CODE SENTENCE
    MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
    SetErrorLevel ${CODE}
    Quit
!macroend

; Files in use cannot be replaced. A running program holds a mutex, one for its user and one for all; that we may not open
; it says as much as that we can.
!macro WAIT_UNTIL_IT_ENDS PREFIX
Function ${PREFIX}waitUntilItEnds
    ${Do}
        StrCpy $1 "Local\${MUTEX}"
        ${If} $MultiUser.InstallMode == AllUsers
            StrCpy $1 "Global\${MUTEX}"
        ${EndIf}
        System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w r1) p.r0 ?e' ; SYNCHRONIZE
        Pop $1
        ${If} $0 P<> 0
            System::Call 'kernel32::CloseHandle(p r0)'
        ${ElseIf} $1 <> 5 ; ERROR_ACCESS_DENIED
            Return
        ${EndIf}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
            "${NAME} is running, with or without a window, perhaps for another user. End it, then press Retry." \
            /SD IDCANCEL IDRETRY again
        SetErrorLevel ${IT_RUNS}
        Quit
        again:
    ${Loop}
FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_IT_ENDS ""
!insertmacro WAIT_UNTIL_IT_ENDS "un."

!macro REMOVE_FIREWALL_RULE
    nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${NAME}"'
    Pop $0 ; there may have been none
!macroend

; Before MultiUser.nsh, which would show this even to nobody.
!macro CHECK_PRIVILEGES PREFIX
    ${${PREFIX}GetParameters} $R0
    ClearErrors
    ${${PREFIX}GetOptions} $R0 "/AllUsers" $R1
    ${IfNot} ${Errors}
        UserInfo::GetAccountType
        Pop $R1
        ${If} $R1 != "Admin"
            !insertmacro STOP ${NEEDS_ADMINISTRATOR} "Only an administrator can do that for all users."
        ${EndIf}
    ${EndIf}
!macroend

!macro SELECT_IF_SAID PREFIX WORD SECTION
    ${${PREFIX}GetParameters} $R0
    ClearErrors
    ${${PREFIX}GetOptions} $R0 "${WORD}" $R1
    ${IfNot} ${Errors}
        !insertmacro SelectSection ${SECTION}
    ${EndIf}
!macroend

; --- installing --------------------------------------------------------------------------------------------------------

Section "-"
    Call prepare
SectionEnd

Section "${NAME}" program
    SectionIn RO
    SetOutPath "$INSTDIR"
    File /r "${TREE}\*"
    WriteUninstaller "$INSTDIR\uninstall.exe"

    WriteRegStr SHCTX "${ARP}" DisplayName "${NAME}"
    WriteRegStr SHCTX "${ARP}" DisplayVersion "${VERSION}"
    WriteRegStr SHCTX "${ARP}" Publisher "${PUBLISHER}"
    WriteRegStr SHCTX "${ARP}" DisplayIcon "$INSTDIR\${EXE},0"
    WriteRegStr SHCTX "${ARP}" InstallLocation "$INSTDIR"
    WriteRegStr SHCTX "${ARP}" UninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
    WriteRegStr SHCTX "${ARP}" QuietUninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
    SectionGetSize ${program} $0
    WriteRegDWORD SHCTX "${ARP}" EstimatedSize $0
    WriteRegDWORD SHCTX "${ARP}" NoModify 1
    WriteRegDWORD SHCTX "${ARP}" NoRepair 1

    StrCpy $0 "$SMPROGRAMS\${NAME}.lnk"
    Call makeShortcut
SectionEnd

Section /o "Shortcut on the desktop" desktop
    StrCpy $0 "$DESKTOP\${NAME}.lnk"
    Call makeShortcut
SectionEnd

Section /o "Start with Windows, minimised" autostart
    WriteRegStr SHCTX "${RUN}" "${NAME}" '"$INSTDIR\${EXE}" --minimized'
SectionEnd

!define FIREWALL_TEXT "Let phones connect (firewall)"
Section /o "${FIREWALL_TEXT}" firewall
    !insertmacro REMOVE_FIREWALL_RULE
    StrCpy $0 'dir=in action=allow program="$INSTDIR\${EXE}" protocol=TCP profile=private,domain remoteip=localsubnet'
    nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall add rule name="${NAME}" $0'
    Pop $0
    ${If} $0 != 0
        DetailPrint "The firewall took no rule ($0)."
        MessageBox MB_OK|MB_ICONINFORMATION \
            "The firewall took no rule. Windows will ask when ${NAME} starts: allow private networks." /SD IDOK
    ${Else}
        WriteRegDWORD SHCTX "${ARP}" FirewallRule 1
    ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${program} "The program, and a shortcut in the Start menu."
    !insertmacro MUI_DESCRIPTION_TEXT ${desktop} "Another one on the desktop."
    !insertmacro MUI_DESCRIPTION_TEXT ${autostart} "It starts when you log on, with its window minimised."
    !insertmacro MUI_DESCRIPTION_TEXT ${firewall} "Devices in the same private or company network may connect. Without it, Windows asks when the program starts first."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; All that can speak against it, before anything changes; then the version before goes.
Function prepare
    ${IfNot} ${AtLeastWin10}
        !insertmacro STOP ${WINDOWS_TOO_OLD} "${NAME} needs Windows 10 or newer."
    ${EndIf}
    Call waitUntilItEnds
    ReadRegStr $2 SHCTX "${ARP}" DisplayVersion
    ReadRegStr $3 SHCTX "${ARP}" InstallLocation
    ${If} $2 != ""
        ${VersionCompare} "$2" "${VERSION}" $0
        ${If} $0 = 1
            MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 \
                "${NAME} $2 is installed, which is newer than ${VERSION}. Replace it by the older one?" \
                /SD IDNO IDYES replace
            SetErrorLevel ${NEWER_IS_THERE}
            Quit
            replace:
        ${EndIf}
    ${EndIf}

    ; Is there a place for it? Asked before the old one goes.
    ClearErrors
    CreateDirectory "$INSTDIR"
    GetTempFileName $0 "$INSTDIR"
    FileOpen $1 $0 w
    ${If} ${Errors}
        RMDir "$INSTDIR"
        !insertmacro STOP ${CANNOT_WRITE} "Nothing can be written into $INSTDIR. Choose another folder."
    ${EndIf}
    FileClose $1
    Delete $0
    ${GetRoot} "$INSTDIR" $0
    ${DriveSpace} "$0\" "/D=F /S=M" $0
    SectionGetSize ${program} $1
    IntOp $1 $1 / 1024
    IntOp $1 $1 + 1
    ${If} $0 != "" ; unknown on some network drives
    ${AndIf} $0 < $1
        RMDir "$INSTDIR"
        !insertmacro STOP ${CANNOT_WRITE} "There is no space for it in $INSTDIR: $1 MB are needed, $0 MB are free."
    ${EndIf}

    ${If} ${FileExists} "$3\uninstall.exe"
        DetailPrint "Removing version $2"
        ; With _? it works where it lies, so that we can wait for it; and for that it cannot delete itself.
        ExecWait '"$3\uninstall.exe" /S /$MultiUser.InstallMode _?=$3' $0
        ${If} $0 <> 0
            !insertmacro STOP 2 "The version that is installed ($2) cannot be removed. Do that in Windows' settings first."
        ${EndIf}
        Delete "$3\uninstall.exe"
        RMDir "$3"
    ${EndIf}
FunctionEnd

; Makes the shortcut $0 and gives it the program's name for the taskbar: else a pinned shortcut and the window that it
; opened were two buttons.
Function makeShortcut
    CreateShortcut "$0" "$INSTDIR\${EXE}" "" "$INSTDIR\${EXE}" 0 SW_SHOWNORMAL "" \
        "Conway's Game of Life for everybody on the network"
    !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r1 ""
    ${If} $1 P= 0
        Return
    ${EndIf}
    ${IUnknown::QueryInterface} $1 '("${IID_IPersistFile}", .r2)'
    ${If} $2 P<> 0
        ${IPersistFile::Load} $2 '("$0", ${STGM_READWRITE})'
        ${IUnknown::QueryInterface} $1 '("${IID_IPropertyStore}", .r3)'
        ${If} $3 P<> 0
            System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r4'
            System::Call '*(&w64 "${APP_ID}")p.r5'
            System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},, p r5)p.r6'
            ${IPropertyStore::SetValue} $3 '($4, $6)'
            ${IPropertyStore::Commit} $3 ""
            System::Free $6
            System::Free $5
            System::Free $4
            ${IUnknown::Release} $3 ""
            ${IPersistFile::Save} $2 '("$0", 1)'
        ${EndIf}
        ${IUnknown::Release} $2 ""
    ${EndIf}
    ${IUnknown::Release} $1 ""
FunctionEnd

; An administrator's installer would start it as administrator. The desktop starts it as the user that sits there.
Function startProgram
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\${EXE}"'
FunctionEnd

; What was chosen when it was installed before is chosen again.
Function recallChoices
    ${If} ${FileExists} "$DESKTOP\${NAME}.lnk"
        !insertmacro SelectSection ${desktop}
    ${EndIf}
    ReadRegStr $0 SHCTX "${RUN}" "${NAME}"
    ${If} $0 != ""
        !insertmacro SelectSection ${autostart}
    ${EndIf}
    ReadRegDWORD $0 SHCTX "${ARP}" FirewallRule
    ${If} $0 = 1
        !insertmacro SelectSection ${firewall}
    ${EndIf}
    ${If} $MultiUser.InstallMode != AllUsers
        !insertmacro UnselectSection ${firewall} ; that takes an administrator
    ${EndIf}
FunctionEnd

; Now it is known for whom. A rule for the firewall is offered where it can be had, and ticked: it is what phones need.
Function offerChoices
    Call recallChoices
    ReadRegStr $0 SHCTX "${ARP}" DisplayVersion
    ${If} $MultiUser.InstallMode != AllUsers
        SectionSetText ${firewall} "" ; hides it
    ${Else}
        SectionSetText ${firewall} "${FIREWALL_TEXT}"
        ${If} $0 == ""
            !insertmacro SelectSection ${firewall}
        ${EndIf}
    ${EndIf}
FunctionEnd

Function .onInit
    SetRegView 64
    !insertmacro CHECK_PRIVILEGES ""
    StrCpy $R9 $INSTDIR ; from /D=, which the next line knows nothing of
    !insertmacro MULTIUSER_INIT
    ${If} $R9 != ""
        StrCpy $INSTDIR $R9
    ${EndIf}
    !insertmacro SELECT_IF_SAID "" "/DESKTOP" ${desktop}
    !insertmacro SELECT_IF_SAID "" "/AUTOSTART" ${autostart}
    !insertmacro SELECT_IF_SAID "" "/FIREWALL" ${firewall}
    Call recallChoices
FunctionEnd

; --- uninstalling ------------------------------------------------------------------------------------------------------

Section "un.${NAME}" un.program
    SectionIn RO
    Call un.waitUntilItEnds
    ReadRegDWORD $1 SHCTX "${ARP}" FirewallRule
    ${If} $1 = 1
        !insertmacro REMOVE_FIREWALL_RULE
    ${EndIf}
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    DeleteRegValue SHCTX "${RUN}" "${NAME}"
    DeleteRegKey SHCTX "${ARP}"
    !include "${REMOVAL}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR" ; unless somebody put something there
SectionEnd

Section /o "un.My settings and logs" un.settings
    SetShellVarContext current ; whoever it was installed for
    Delete "$APPDATA\${PUBLISHER}\cybermesh-conway.ini"
    Delete "$APPDATA\${PUBLISHER}\window.lock"
    RMDir "$APPDATA\${PUBLISHER}"
    RMDir /r "$LOCALAPPDATA\${PUBLISHER}\cybermesh-conway"
    RMDir "$LOCALAPPDATA\${PUBLISHER}"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${un.program} "The program, its shortcuts and its rule in the firewall."
    !insertmacro MUI_DESCRIPTION_TEXT ${un.settings} "What you chose in its window, and what it logged. Yours alone, not other users'."
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
    SetRegView 64
    !insertmacro CHECK_PRIVILEGES "un."
    !insertmacro MULTIUSER_UNINIT
    !insertmacro SELECT_IF_SAID "un." "/SETTINGS" ${un.settings}
FunctionEnd
