/** Declares what the JSON file named by PARITY_STACK says. */
const fs = require("node:fs");

module.exports = require("./declare.js")(JSON.parse(fs.readFileSync(process.env.PARITY_STACK, "utf8")));
