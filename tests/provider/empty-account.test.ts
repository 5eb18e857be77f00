import { warnIfAccountIsEmpty } from "../../provider/empty-account";
import { emulated } from "./emulated";

test("an empty account gets a warning, and any other none", async () => {
  const api = await emulated();
  await warnIfAccountIsEmpty(api, 'file "kb/1"');
  expect(api.warnings).toEqual([expect.stringMatching(/The file "kb\/1" is gone.*another subscription/u)]);
  await api.client.collections.create({ name: "Shelf" });
  await warnIfAccountIsEmpty(api, 'file "kb/2"');
  expect(api.warnings).toHaveLength(1);
  await api.emulator.close();
});
