/** What others need of the engine to run stacks on it. */
export { commandHere } from "./command-here.js";
export { engineRoot } from "./root.js";
