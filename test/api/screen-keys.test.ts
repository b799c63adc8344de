/** Keys of screens over HTTP: any administrator sees and ends them, nobody else those of others. */
import { afterEach, expect, it } from "vitest";
import { hour } from "../people/house.ts";
import { type Browser, closeAll, openApi } from "./people-api.ts";

afterEach(closeAll);

it("keys of screens: administrators see all, with who gave them, and take any back; others see and end their own", async () => {
  const { house, browser } = await openApi();
  const giver = await house.settle("admin", ["administrator"]);
  await house.settle("next", ["administrator"]);
  await house.settle("maker", ["maker"]);
  const expiresAt = house.time.wall + hour;
  const screen = await house.people.tokens.add(giver.id, { name: "LCD B4", scopes: ["show:B4"], expiresAt });
  await house.people.tokens.add(giver.id, { name: "t", scopes: ["read"], expiresAt });
  const [next, maker] = [browser(), browser()];
  await next.signIn("next");
  await maker.signIn("maker");
  const listed = async (who: Browser) => (await (await who.ask("GET", "/api/v1/tokens")).json()) as object[];
  expect(await listed(next)).toMatchObject([{ id: screen.token.id, scopes: ["show:B4"], by: giver.name }]);
  expect(await listed(maker)).toEqual([]);
  const path = `/api/v1/tokens/${screen.token.id}`;
  expect((await maker.ask("DELETE", path)).status).toBe(404);
  expect((await next.ask("DELETE", path)).status).toBe(200);
  expect(await listed(next)).toEqual([]);
  expect(await house.people.tokens.find(screen.secret)).toBeNull();
});
