const HEADER = 44;

/** Puts WAV files of one format behind each other. A header of 44 bytes, as every plain PCM file has. */
export function joinWaves(waves: readonly Uint8Array[]): Uint8Array {
  const [first] = waves;
  if (first === undefined) return new Uint8Array();
  const bodies = waves.map((wave) => wave.subarray(HEADER));
  const length = bodies.reduce((sum, body) => sum + body.length, 0);
  const joined = new Uint8Array(HEADER + length);
  joined.set(first.subarray(0, HEADER));
  let at = HEADER;
  for (const body of bodies) {
    joined.set(body, at);
    at += body.length;
  }
  const view = new DataView(joined.buffer);
  view.setUint32(4, HEADER - 8 + length, true);
  view.setUint32(40, length, true);
  return joined;
}
