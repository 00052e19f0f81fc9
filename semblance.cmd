@echo off
rem Starts Semblance: finds a JDK 25, builds once when there is no build, and runs the program.
setlocal enabledelayedexpansion
set "HOME_DIR=%~dp0"
set "LIB=%HOME_DIR%app\target\semblance\lib"

set "JDK="
for %%D in ("%SEMBLANCE_JAVA_HOME%" "%JAVA_HOME%") do call :consider %%D
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*") do call :consider "%%~D"
if not defined JDK (
  echo Semblance needs JDK 25: install one ^(for example Eclipse Temurin 25^) and set SEMBLANCE_JAVA_HOME to its folder. 1>&2
  exit /b 1
)

if not exist "%LIB%\semblance-app-*.jar" (
  where mvn >nul 2>nul
  if errorlevel 1 (
    echo Semblance is not built yet and Maven is missing: install Maven 3.8.1 or newer, then run the same command again. 1>&2
    exit /b 1
  )
  echo First run: building Semblance ^(about a minute, longer while Maven downloads libraries^) ... 1>&2
  if not exist "%HOME_DIR%app\target" mkdir "%HOME_DIR%app\target"
  pushd "%HOME_DIR%"
  set "OLD_JAVA_HOME=!JAVA_HOME!"
  set "JAVA_HOME=!JDK!"
  call mvn -B -q -Dmaven.test.skip=true -Dchecks.skip=true -Dcompiler.strictness=-Xlint:none -pl app -am package > "%HOME_DIR%app\target\first-build.log" 2>&1
  set "FAILED=!errorlevel!"
  set "JAVA_HOME=!OLD_JAVA_HOME!"
  popd
  if not "!FAILED!"=="0" (
    echo The build failed; the whole log is %HOME_DIR%app\target\first-build.log. Repair what it names and run the same command again. 1>&2
    exit /b 1
  )
)

"%JDK%\bin\java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djava.awt.headless=true "-Djdk.http.auth.tunneling.disabledSchemes=" -XX:+UseParallelGC -XX:MaxRAMPercentage=60 %SEMBLANCE_JAVA_OPTIONS% "-Dsemblance.home=%HOME_DIR%." -cp "%LIB%\*" io.semblance.app.Semblance %*
exit /b %errorlevel%

:consider
if defined JDK exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "MAJOR=%%~V"
set "MAJOR=!MAJOR:"=!"
if !MAJOR! geq 25 set "JDK=%~1"
exit /b 0
