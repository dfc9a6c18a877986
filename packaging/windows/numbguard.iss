; Never run. The installer for Windows, by Inno Setup 6, for one person and without an administrator's rights.
;
; First, on Windows, with the Python and the libraries of packaging/requirements.lock and packaging/bundle/requirements.lock:
;   set NUMBGUARD_LIBRARY=...\site-packages
;   set NUMBGUARD_VERSION=1.0.0
;   pyinstaller --noconfirm packaging\bundle\numbguard.spec
; Then: iscc /DVersion=1.0.0 packaging\windows\numbguard.iss

[Setup]
AppId=org.numbguard.NumbGuard
AppName=NumbGuard
AppVersion={#Version}
AppPublisher=The NumbGuard authors
DefaultDirName={localappdata}\Programs\NumbGuard
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
CloseApplications=no
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=NumbGuard-{#Version}-windows-x64
UninstallDisplayIcon={app}\numbguardw.exe

[Files]
Source: "..\..\dist\numbguard\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
; The same AppUserModelID as the program sets for itself, so that the taskbar and notifications know them as one.
Name: "{userprograms}\NumbGuard"; Filename: "{app}\numbguardw.exe"; AppUserModelID: "NumbGuard.NumbGuard"

[Run]
Filename: "{app}\numbguardw.exe"; Description: "Start NumbGuard"; Flags: postinstall nowait skipifsilent

[Registry]
; Written by NumbGuard's own settings; taken away with the program, so that nothing of it is started any more.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueName: "NumbGuard"; ValueType: none; Flags: uninsdeletevalue dontcreatekey

[Code]
function PrepareToInstall(var NeedsRestart: Boolean): String;
var
  Status: Integer;
begin
  if FileExists(ExpandConstant('{app}\numbguard.exe')) then
    Exec(ExpandConstant('{app}\numbguard.exe'), 'quit', '', SW_HIDE, ewWaitUntilTerminated, Status);
  Result := '';
end;

function InitializeUninstall(): Boolean;
var
  Status: Integer;
begin
  Exec(ExpandConstant('{app}\numbguard.exe'), 'quit', '', SW_HIDE, ewWaitUntilTerminated, Status);
  Result := True;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Log: String;
begin
  Log := ExpandConstant('{localappdata}\numbguard');
  if (Step = usPostUninstall) and DirExists(Log) and not UninstallSilent then
    if MsgBox('Your log and your settings are kept in ' + Log + '. Delete them as well?', mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(Log, True, True, True);
end;
