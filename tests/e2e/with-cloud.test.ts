import { join } from "node:path";
import { onEachEngine } from "../support/engines.js";
import { startExample } from "../support/example.js";
import { setSecret } from "../support/secret-config.js";
import { PASSPHRASE } from "../support/stack.js";

const APP_KEY = "canary-of-the-application";

onEachEngine("The example that hands a knowledge base to an application", (engine) => {
  it("gives it the collection's id and a key that stays secret", async () => {
    const rig = await startExample(engine, "with-cloud");
    try {
      await rig.stack.setConfig("unused", { value: "so that the settings have a file" });
      setSecret(join(rig.folder, "project/Pulumi.test.yaml"), PASSPHRASE, "e2e:appKey", APP_KEY);
      const { outputs, printed } = await rig.up();
      expect(outputs["environment"]).toEqual({
        secret: true,
        value: { KNOWLEDGE_BASE: "products", VULTR_INFERENCE_API_KEY: APP_KEY },
      });
      expect(printed + rig.stateText()).not.toContain(APP_KEY);
    } finally {
      await rig.close();
    }
  });
});
