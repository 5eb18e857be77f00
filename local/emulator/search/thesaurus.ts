import { stem } from "./words.js";

/**
 * Words that stand for about the same thing in writing about software, a group a line. A small sentence model knows
 * little of this vocabulary; a reader who asks for a "gateway" still means the section about proxies.
 */
const GROUPS = `
  abort cancel stop terminate interrupt kill halt quit end finish
  abort cancel timeout
  timeout wait slow late long hang stall silent unresponsive delay deadline expire
  retry again repeat attempt resend reattempt
  failure fail error exception fault problem wrong mistake crash throw reject invalid
  disconnect lost drop broken close
  proxy gateway intermediary tunnel
  credentials password username login authentication authorization auth token secret
  certificate tls ssl https identity trust
  encryption encrypt cleartext plaintext tls ssl h2c
  cache remember store keep reuse
  redirect follow move location
  mock fake pretend stub simulate imitate intercept
  test unit spec
  record capture snapshot save
  playback replay play
  sensitive private confidential secret password
  history calls made happened
  debug diagnose trace inspect troubleshoot bug inspector
  log print output write display show
  websocket bidirectional two-way duplex live
  eventsource sse push notification server-sent
  balance distribute spread share upstream
  pool several many multiple
  stats statistics count number metrics measure how-many
  cookie cookies browser state
  compress gzip brotli deflate zip squeeze smaller shrink decompress
  dns lookup hostname host resolve resolution name
  global everywhere default
  mime content-type media-type charset
  header headers metadata
  pipelining pipeline
  concurrent parallel simultaneous together same-time
  crawl robot bot spider scrape
  event listener hook notify told signal
  environment env variable
  config configuration configure settings setting customize
  option flag switch parameter
  argument parameter value positional
  boolean true false on off toggle
  negatable no- disable off negate without
  required mandatory must compulsory
  optional omit missing leave
  default fallback unspecified omitted
  variadic many multiple several repeated
  version release
  parse convert interpret read transform coerce
  number integer float numeric parseint parsefloat
  choices allowed enum only one-of
  command subcommand subprogram
  executable script program binary
  action handler callback function
  hook before after pre post lifecycle
  help usage instructions manual documentation
  example examples sample demo
  group section category heading title
  exit quit process terminate
  stream streams flow
  asynchronous async promise await
  synchronous sync blocking
  unknown unrecognized unexpected
  pass forward delegate
  typescript types typing
  conflict exclusive incompatible together
  install setup download add
  archive tarball bundle pack
  extract unpack untar decompress
  create make build pack produce
  list show enumerate contents
  strip drop remove leading
  filter exclude skip ignore omit leave
  update newer refresh modify change
  append add replace
  security safe secure danger untrusted attack malicious vulnerability
  owner uid gid user
  permission mode rights umask access
  warning warn notice
  portable reproducible deterministic same
  overwrite replace existing clobber
  alias shortcut short abbreviation
  symlink link links
  directory folder path
  delete remove erase destroy purge drop
  limit maximum max cap most
  minimum min least
  size length large big bytes
  fast quick speed performance slow
  memory ram heap
  validate validation check verify
  schema shape structure
  search find query look match
  upload send post submit
  download fetch get receive retrieve
  request call ask
  response answer reply result
  connection socket connect
  server backend host upstream
  client browser agent
  body payload content
  encode serialize stringify
  decode deserialize parse
  start begin launch run open
  pause suspend resume
  queue pending waiting backlog
  lock mutex exclusive
  random shuffle
  sort order arrange
  merge combine join concatenate
  split divide separate chunk
  copy clone duplicate
  rename move
  schedule cron timer periodic interval
  date time clock
  translate language locale internationalization
  price cost pay billing money
  user account customer
  team organization company corporate
  deploy publish release ship
  upgrade migrate migration
  deprecated obsolete legacy old
  plugin extension addon
  dependency package module library
  image picture photo
  text string
  table grid
  row record entry
  database db sql
  thread worker
  key identifier id
`;

const RELATED = relate(GROUPS);

/** Stems of words that may stand in for a word, without itself. */
export function relatedWords(word: string): ReadonlySet<string> {
  return RELATED.get(word) ?? new Set();
}

function relate(groups: string): Map<string, Set<string>> {
  const related = new Map<string, Set<string>>();
  for (const line of groups.trim().split("\n")) {
    const stems = line.trim().split(" ").map(stem);
    for (const word of stems) {
      const others = related.get(word) ?? new Set<string>();
      for (const other of stems) if (other !== word) others.add(other);
      related.set(word, others);
    }
  }
  return related;
}
