import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createClient } from "pulumi-vultr-inference/client";
import { createApp } from "../../examples/chat/app/server.js";
import { onEachEngine } from "../support/engines.js";
import { startExample } from "../support/example.js";
import { setSecret } from "../support/secret-config.js";
import { PASSPHRASE } from "../support/stack.js";

const APP_KEY = "canary-of-the-application";

onEachEngine("The example of a chat over a knowledge base", (engine) => {
  it("gives it the collection's id and a key that stays secret, by which it answers from the documents", async () => {
    const rig = await startExample(engine, "chat");
    try {
      await rig.stack.setConfig("unused", { value: "so that the settings have a file" });
      setSecret(join(rig.folder, "project/Pulumi.test.yaml"), PASSPHRASE, "e2e:appKey", APP_KEY);
      const { outputs, printed } = await rig.up();
      expect(outputs["environment"]).toEqual({
        secret: true,
        value: { KNOWLEDGE_BASE: "shop", VULTR_INFERENCE_API_KEY: APP_KEY },
      });
      expect(printed + rig.stateText()).not.toContain(APP_KEY);

      const { url, key } = rig.emulator;
      const app = createApp(createClient({ apiKey: key, baseUrl: url }), "shop").listen(0, "127.0.0.1");
      await once(app, "listening");
      const at = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
      expect(await (await fetch(at)).text()).toContain("Ask the shop");
      const answer = await fetch(`${at}/ask`, { method: "POST", body: "May I send something back?" });
      const lines = (await answer.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines[0]).toEqual({
        passages: expect.arrayContaining([expect.stringContaining("within thirty days")]) as unknown,
      });
      expect(lines.length).toBeGreaterThan(1);
      expect((await fetch(`${at}/ask`, { method: "POST", body: " " })).status).toBe(400);
      expect((await fetch(`${at}/ask`, { method: "POST", body: "a".repeat(3_000) })).status).toBe(413);
      app.close();
    } finally {
      await rig.close();
    }
  });
});
