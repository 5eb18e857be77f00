/**
 * The world behind the test resources: a folder with one JSON file an object, a log of calls, and a file of faults.
 * Ids are `<name>.<n>`, n counting the objects ever made under that name, so they do not depend on timing.
 */
const fs = require("node:fs");
const path = require("node:path");

const folder = () => process.env.PARITY_WORLD;
const file = (id) => path.join(folder(), `${id}.json`);
const read = (name, otherwise) => {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder(), name), "utf8"));
  } catch {
    return otherwise;
  }
};
const log = (line) => fs.appendFileSync(path.join(folder(), "calls.log"), `${JSON.stringify(line)}\n`);
const pause = () => new Promise((done) => setTimeout(done, Number(process.env.PARITY_LATENCY ?? 0)));

function fault(verb, name) {
  const found = read("faults.json", {})[`${verb} ${name}`];
  if (found === undefined) return undefined;
  if (found.exit) process.exit(1);
  return found.message;
}

const plain = ({ __provider, ...rest }) => rest;
const outputs = (id, inputs) => ({
  ...inputs,
  serial: Number(id.split(".").at(-1)),
  shout: String(inputs.value).toUpperCase(),
});

function nextId(name) {
  const made = fs.readdirSync(folder()).filter((entry) => entry.startsWith(`made.${name}.`)).length + 1;
  fs.writeFileSync(path.join(folder(), `made.${name}.${made}`), "");
  return `${name}.${made}`;
}

async function write(verb, id, inputs) {
  const message = fault(verb, inputs.name);
  if (message) throw new Error(message);
  fs.writeFileSync(file(id), JSON.stringify(plain(inputs)));
  const half = fault(`half ${verb}`, inputs.name);
  const outs = outputs(id, inputs);
  if (half) throw Object.assign(new Error(half), { id, properties: outs, reasons: [half] });
  return outs;
}

module.exports = {
  async check(olds, news) {
    log(["check", news.name, Object.keys(plain(olds)).length === 0 ? "no olds" : "olds"]);
    const message = fault("check", news.name);
    if (message) throw new Error(message);
    if (news.value === "bad") return { inputs: news, failures: [{ property: "value", reason: "bad is not a value" }] };
    return { inputs: { ...news, ...(news.fill && { filled: `filled ${news.fill}` }) } };
  },
  async diff(id, olds, news) {
    log(["diff", id]);
    const message = fault("diff", id);
    if (message) throw new Error(message);
    const keys = new Set([...Object.keys(plain(olds)), ...Object.keys(plain(news))]);
    const changed = [...keys].filter(
      (key) => !["serial", "shout"].includes(key) && JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
    );
    return { changes: changed.length > 0, replaces: changed.filter((key) => key === "key" || key === "name") };
  },
  async create(inputs) {
    await pause();
    log(["create", inputs.name]);
    const id = nextId(inputs.name);
    return { id, outs: await write("create", id, inputs) };
  },
  async read(id, props) {
    await pause();
    log(["read", id]);
    const message = fault("read", id);
    if (message) throw new Error(message);
    const found = read(`${id}.json`, undefined);
    if (found === undefined) return { id: "", props: {} };
    const inputs = { ...found, ...(props.__provider && { __provider: props.__provider }) };
    const drifted = Object.keys(found).some((key) => JSON.stringify(found[key]) !== JSON.stringify(props[key]));
    return { id, props: outputs(id, inputs), ...(drifted && { inputs }) };
  },
  async update(id, olds, news) {
    await pause();
    log(["update", id]);
    return { outs: await write("update", id, news) };
  },
  async delete(id, props) {
    await pause();
    log(["delete", id]);
    const message = fault("delete", id);
    if (message) throw new Error(message);
    fs.rmSync(file(id), { force: true });
  },
};
