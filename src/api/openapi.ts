/** The OpenAPI 3.1 document, made from the very schemas that check the input. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { STATUS_CODES } from "node:http";
import type { Route } from "./route.ts";
import { problemSchema } from "./schemas.ts";

export function openApiDocument(routes: readonly Route[], office: string): unknown {
  const registry = new OpenAPIRegistry();
  for (const { method = "get", path, summary, params, query, body, output, failures } of routes) {
    const problem = (status: number) => ({
      description: STATUS_CODES[status] ?? "",
      content: { "application/problem+json": { schema: problemSchema } },
    });
    registry.registerPath({
      method,
      path,
      summary,
      request: {
        params,
        query,
        ...(body && { body: { required: true, content: { "application/json": { schema: body } } } }),
      },
      responses: {
        200: { description: output.description, content: { [output.type]: { schema: output.schema } } },
        ...Object.fromEntries(
          [...new Set([400, 403, ...failures, 405, 421])].sort().map((status) => [status, problem(status)]),
        ),
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: `Boardcast · ${office}`,
      version: "1",
      description:
        "What is on the boards is public to read; everything else will need an account. Answered are requests by IP address, as localhost, by the computer's name or as listen.host of the installation file (else 421), and no other site's pages (403). 公开栏上的内容人人可读；其他操作需要账号。只应答 IP 地址、localhost、本机名和安装文件里 listen.host 的名字(否则 421),不应答别的网站的网页(403)。",
    },
  });
}
