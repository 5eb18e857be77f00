// Tells what programs that were written against one schema miss in another.

/** The members of a schema that programs name, each with what it is: texts are left out. */
function membersOf({ resources = {}, functions = {}, types = {}, config = {} }) {
  const members = new Map();
  const all = (place, properties = {}) => {
    for (const [name, spec] of Object.entries(properties)) members.set(`${place}.${name}`, kindOf(spec));
  };
  for (const [token, resource] of Object.entries(resources)) {
    members.set(token, "resource");
    all(token, resource.properties);
    all(`${token} input`, resource.inputProperties);
  }
  for (const [token, { inputs, outputs }] of Object.entries(functions)) {
    members.set(token, "function");
    all(`${token} argument`, inputs?.properties);
    all(`${token} result`, outputs?.properties);
  }
  for (const [token, { properties }] of Object.entries(types)) all(token, properties);
  all("config", config.variables);
  return members;
}

function kindOf({ type, $ref, items, additionalProperties, oneOf }) {
  return JSON.stringify([
    type,
    $ref,
    items && kindOf(items),
    additionalProperties && kindOf(additionalProperties),
    oneOf?.map(kindOf),
  ]);
}

/** What must be given, which programs that do not give it fail by. */
function requiredOf({ resources = {}, functions = {} }) {
  return new Set([
    ...Object.entries(resources).flatMap(([token, { requiredInputs = [] }]) =>
      requiredInputs.map((name) => `${token} input.${name}`),
    ),
    ...Object.entries(functions).flatMap(([token, { inputs }]) =>
      (inputs?.required ?? []).map((name) => `${token} argument.${name}`),
    ),
  ]);
}

/** One line for each member that is gone, is of another kind, or must be given now. */
function brokenMembers(before, now) {
  const [old, current] = [membersOf(before), membersOf(now)];
  const gone = [...old.keys()].filter((member) => !current.has(member));
  const changed = [...old]
    .filter(([member, kind]) => current.has(member) && current.get(member) !== kind)
    .map(([member]) => member);
  const required = [...requiredOf(now)].filter(
    (member) =>
      !requiredOf(before).has(member) && [...old.keys()].some((known) => member.startsWith(known.split(/[ .]/u)[0])),
  );
  return [
    ...gone.map((member) => `${member} is gone`),
    ...changed.map((member) => `${member} is of another type`),
    ...required.map((member) => `${member} must be given now`),
  ];
}

module.exports = { brokenMembers };
