import { afterAll, beforeAll, expect, test } from "vitest";
import { runConformance } from "../../../entra-emulator/src/index.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(async () => {
  await product?.stop();
  endProducts();
});

test("the validators' tests all pass: Microsoft's, the previews, the gallery kit's, Okta's", async () => {
  const { endpoint, token } = await product.connect(await product.signIn());
  const { results, failed, passed } = await runConformance({ url: endpoint, token });
  expect(results.filter(({ isPassed }) => !isPassed)).toEqual([]);
  expect(failed).toBe(0);
  expect(passed).toBeGreaterThanOrEqual(47);
});
