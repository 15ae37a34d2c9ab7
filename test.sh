#!/usr/bin/env bash
# Builds everything and runs every suite. The last line is the count: N passed, N failed, N skipped.
#
#   ./test.sh              what needs .NET, and Node and Chromium where they are there; names what is missing and the command that adds it
#   ./test.sh --all        installs what is missing first, and counts what was skipped as failed
#   ./test.sh --filter X   only tests that `dotnet test --filter X` would run
#
# With CI=true packages are restored exactly as the lock files say. Results are left in artifacts/test-results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

all=false
filter=
while (($#)); do
  case $1 in
    --all) all=true ;;
    --filter) shift; filter=${1:-}; [[ $filter ]] || usage ;;
    *) usage ;;
  esac
  shift
done

results=artifacts/test-results
# A suite in which nothing begins or ends for so long does not end any more. The longest of all tests takes a quarter of it.
patience=8m
missing=0
started=$SECONDS

close() { # passed failed skipped
  echo "$1 passed, $2 failed, $3 skipped"
  exit $(($2 > 0 || $1 == 0))
}

lacks() { # what, and the command that adds it
  missing=$((missing + 1))
  printf 'missing   %s; add it with: %s\n' "$1" "$2"
}

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

# Debian packages: the command or file that a suite needs, and the package that has it. Without a font a page has no text to look at.
packages=(node:nodejs npm:npm chromium:chromium /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:fonts-dejavu-core
  /usr/sbin/apache2:apache2 /usr/lib/apache2/modules/mod_auth_openidc.so:libapache2-mod-auth-openidc /usr/lib/python3/dist-packages/jwt/__init__.py:python3-jwt
  /usr/lib/python3/dist-packages/cryptography/__init__.py:python3-cryptography /usr/sbin/nginx:nginx-light)

find_packages() {
  absent=()
  local entry
  for entry in "${packages[@]}"; do
    [[ -e ${entry%%:*} ]] || command -v "${entry%%:*}" >/dev/null || absent+=("${entry#*:}")
  done
}

find_node_modules() {
  unrestored=()
  local lock
  for lock in tests/*/package-lock.json tests/*/*/package-lock.json samples/*/package-lock.json; do
    if [[ -f $lock && ! -f ${lock%/*}/node_modules/.package-lock.json ]]; then
      unrestored+=("${lock%/*}")
    fi
  done
}

install() {
  if ((${#absent[@]})); then
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${absent[@]}" || return
  fi
  local folder
  for folder in "${unrestored[@]}"; do
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error || return
  done
}

# Prints the failed tests of a results file with their messages.
failures() {
  awk '
    function decoded(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&#xD;/, "", text); gsub(/&#xA;/, "\n", text)
      gsub(/&amp;/, "\\&", text)
      return text
    }
    /<UnitTestResult / {
      failed = /outcome="Failed"/ || (ENVIRON["all"] == "true" && /outcome="NotExecuted"/)
      if (failed) { match($0, /testName="[^"]*"/); print (/NotExecuted/ ? "  skipped " : "  failed  ") decoded(substr($0, RSTART + 10, RLENGTH - 11)) }
    }
    failed && /<Message>/ { inside = 1; sub(/.*<Message>/, "") }
    failed && inside { last = sub(/<\/Message>.*/, ""); if (length($0)) print "          " decoded($0); if (last) inside = 0 }
    /<\/UnitTestResult>/ { failed = 0; inside = 0 }
  ' "$1"
}

# How many tests of a results file were skipped for want of the official conformance data, which is not part of the checkout.
without_data() {
  awk '/<UnitTestResult / { skipped = /outcome="NotExecuted"/ } skipped && /<Message>/ && /official/ && /shared\/conformance/ { n++; skipped = 0 } END { print n + 0 }' "$1"
}

# Runs one suite and prints one line of it; what it counted is left beside its results.
run_suite() {
  local name=$1 trx=$results/$1/$1.trx log=$results/$1.log begun=$SECONDS status=0
  local passed=0 failed=0 skipped=0 excused=0
  dotnet test "tests/$name/bin/Debug/net10.0/$name.dll" --logger "trx;LogFileName=$name.trx" --results-directory "$results/$name" \
    --blame-hang-timeout "$patience" --blame-hang-dump-type none ${filter:+--filter "$filter"} \
    >"$log" 2>&1 </dev/null || status=$?
  if [[ -f $trx ]]; then
    read -r passed failed skipped < <(awk '/<Counters / {
      split("total executed passed", names, " ")
      for (i in names) { match($0, " " names[i] "=\"[0-9]+\""); split(substr($0, RSTART, RLENGTH), parts, "\""); n[names[i]] = parts[2] }
      print n["passed"], n["executed"] - n["passed"], n["total"] - n["executed"]
    }' "$trx")
    excused=$(without_data "$trx")
  fi
  if [[ $all == true ]]; then
    failed=$((failed + skipped - excused))
    skipped=$excused
  fi
  # A suite that broke off, or that has no test at all, has failed as well.
  local why=
  if ((failed == 0)) && [[ -z $filter && $((passed + skipped)) == 0 && $status == 0 ]]; then
    failed=1 why='has no test'
  elif ((failed == 0 && status != 0)); then
    failed=1 why="ended with $status"
  fi
  {
    printf '%-9s %s: %d passed, %d failed, %d skipped (%d s)\n' "$( ((failed)) && echo FAILED || echo ok)" "$name" "$passed" "$failed" "$skipped" $((SECONDS - begun))
    if ((excused)); then
      echo "          $excused of them need the official conformance data, expected at ../shared/conformance beside the checkout"
    fi
    if ((failed)); then
      if [[ $why ]]; then echo "          $why"; fi
      if [[ -f $trx ]]; then failures "$trx"; fi
      if ((status != 0)); then find "$results/$name" -name 'Sequence_*.xml' -exec sed -n 's/.*DisplayName="\([^"]*\)".*Completed="False".*/  did not end  \1/p' {} + | sort -u; fi
      if ((status != 0)) && ! { [[ -f $trx ]] && grep -q '<UnitTestResult .*outcome="Failed"' "$trx"; }; then tail -n 20 "$log"; fi
    fi
  } >"$results/$name.said"
  cat "$results/$name.said"
  echo "$passed $failed $skipped" >"$results/$name.count"
}

if ! command -v dotnet >/dev/null || ! dotnet --version >/dev/null 2>&1; then
  version=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json)
  lacks "the .NET SDK $version (global.json)" 'curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --jsonfile global.json --install-dir ~/.dotnet, and put ~/.dotnet on PATH'
  close 0 1 0
fi

find_packages
find_node_modules
if [[ $all == true ]]; then
  install || echo "FAILED    to install what is missing" >&2
  find_packages
  find_node_modules
fi
for package in "${absent[@]}"; do lacks "$package" "apt-get install -y $package"; done
for folder in "${unrestored[@]}"; do lacks "the Node packages of $folder" "npm ci --prefix $folder"; done

rm -rf "$results"
mkdir -p "$results"
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# One compiler for all projects instead of one for each; it is not left running if it was not there before.
pgrep -x VBCSCompiler >/dev/null 2>&1 || trap 'dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1' EXIT
if ! dotnet build Touchstage.Mcp.sln -v quiet --nologo -p:UseSharedCompilation=true >"$results/build.log" 2>&1; then
  echo "FAILED    build"
  grep -E '(error|warning) [A-Z]+[0-9]+' "$results/build.log" | sort -u | sed "s|$PWD/||g" | head -n 40 || cat "$results/build.log"
  close 0 1 0
fi
echo "ok        build ($((SECONDS - started)) s)"

# Most of a start of the executable is its compiling, and the suites start it hundreds of times: lay the server and its libraries, compiled already, over
# those that the build made. Only a saving of time, so that where it cannot be had the suites run without it.
if dotnet publish tests/Precompiled -c Debug -o artifacts/precompiled -v quiet --nologo >"$results/precompiled.log" 2>&1; then
  for assembly in artifacts/precompiled/*.dll; do
    for copy in src/Touchstage.Mcp/bin/Debug/net10.0/"${assembly##*/}" tests/*/bin/Debug/net10.0/"${assembly##*/}"; do
      if [[ -f $copy ]]; then cp "$assembly" "$copy"; fi
    done
  done
else
  echo "note      the server could not be compiled ahead of time, the suites take longer: $results/precompiled.log"
fi

export -f run_suite failures without_data
export results all filter patience
suites=()
for project in tests/*.Tests/*.Tests.csproj; do suites+=("$(basename "$project" .csproj)"); done
printf '%s\n' "${suites[@]}" | xargs -P 2 -I {} bash -c 'set -euo pipefail; run_suite {}'

read -r passed failed skipped < <(cat "$results"/*.count | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')
lost=$((${#suites[@]} - $(find "$results" -name '*.count' | wc -l)))
# With --all there is nothing left that may be missing.
if [[ $all == true ]]; then lost=$((lost + missing)); fi
close "$passed" "$((failed + lost))" "$skipped"
