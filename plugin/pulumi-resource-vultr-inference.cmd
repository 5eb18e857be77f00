@echo off
where node >nul 2>nul
if errorlevel 1 (
  echo vultr-inference needs Node.js 20.19 or later, and there is no node on PATH: install it from nodejs.org. 1>&2
  exit /b 1
)
node "%~dp0index.js" %*
