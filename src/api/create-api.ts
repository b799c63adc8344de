/** HTTP: the routes, the built page, and an answer in both languages to whatever goes wrong. Read-only. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from "express";
import { type Fault, FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import { UnknownYear } from "../time/calendar.ts";
import { type Caller, nobody } from "../people/types.ts";
import { fewUploads, jsonBody, takesBody } from "./body.ts";
import { type Doors, openDoors, refusal } from "./doors.ts";
import { cachingFor, secured } from "./headers.ts";
import type { Office } from "./office.ts";
import { openApiDocument } from "./openapi.ts";
import { check, ProblemError, sendProblem } from "./problem.ts";
import { noRates, type Rates } from "./rates.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";
import { mistakesOf, retryAfter, statusOf } from "./status.ts";
import { doorkeeper, type Turned } from "./visitors.ts";

export interface ApiOptions {
  /** Where the built page is; null: there is none. */
  readonly webFolder: string | null;
  /** Names under which it answers, besides localhost and IP addresses. */
  readonly names?: readonly string[];
  /** Prometheus text. */
  metrics(): Promise<string>;
  /** Who asks; absent: everybody may read. */
  readonly doors?: Doors;
  /** Those of what changes things, beside the reading ones. */
  readonly routes?: readonly Route[];
  /** Absent: as often as they like. */
  readonly rates?: Rates;
  /** Before something is read: what another process has written. Nobody waits longer than `limits.catchUpMs`. */
  catchUp?(): Promise<void>;
  /** Told of every failure that is ours (answered with 500). */
  onError?(error: unknown): void;
}

export function createApi(office: Office, options: ApiOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  // Repeated parameters become lists, which the schemas refuse; nothing nests.
  app.set("query parser", "simple");
  app.use(...secured());
  const turned = doorkeeper(options.names ?? []);
  app.use(({ headers }, _, next) => next(turnedAway(turned(headers), headers)));

  const list = [...routes(office, options.metrics), ...(options.routes ?? [])];
  const { doors = openDoors, rates = noRates } = options;
  const uploads = fewUploads();
  const { catchUp = async () => {}, onError = () => {} } = options;
  const caughtUp = () => atMost(limits.catchUpMs, catchUp().catch(onError));
  for (const [path, methods] of byPath(list)) mount(app, path, methods, { doors, rates, uploads, caughtUp });
  // Made when it is first asked for: it takes as long as everything else of a start together.
  let document: string | null = null;
  app.get("/api/v1/openapi.json", (_, response) => {
    document ??= JSON.stringify(openApiDocument(list, office.name));
    response.type("json").send(document);
  });
  app.all("/api/v1/openapi.json", refuseMethod);
  app.use("/api", (request) => {
    throw notFound(request);
  });
  mountPage(app, options.webFolder);
  app.use(answerFailure(onError));
  return app;
}

function turnedAway(status: Turned, { host = "", origin = "" }: Request["headers"]): ProblemError | undefined {
  if (status === null) return undefined;
  const [zh, en] = status === 421 ? ["这里不叫这个名字", "this is not a name of this server"] : otherSite;
  return new ProblemError(status, {
    where: (status === 421 ? `Host ${host}` : `Origin ${origin}`).slice(0, 200),
    what: { zh, en },
    remedy: {
      zh: "请用 IP 地址、localhost 或安装文件里 listen.host 的名字打开。",
      en: "Open it by its IP address, as localhost, or by the name that the installation file has as listen.host.",
    },
  });
}

const otherSite = ["别的网站的网页不能读这里", "pages of other sites may not read here"] as const;

/** Routes of one path, in the order of the list. */
export function byPath(list: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const paths = new Map<string, Route[]>();
  for (const route of list) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  return paths;
}

interface Gates {
  readonly doors: Doors;
  readonly rates: Rates;
  readonly uploads: RequestHandler;
  /** Never throws. */
  caughtUp(): Promise<void>;
}

/** What takes longer goes on by itself. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}

function mount(
  app: Express,
  path: string,
  methods: readonly Route[],
  { doors, rates, uploads, caughtUp }: Gates,
): void {
  const at = app.route(path.replaceAll(/\{(\w+)\}/g, ":$1"));
  for (const route of methods) {
    const answer = async (request: Request, response: Response) => {
      // Nobody who darkens a board waits for what others have written; nor does who only asks whether somebody is there.
      if ((route.method ?? "get") === "get" && route.access !== "anyone") await caughtUp();
      const input = {
        ...check(route.params, "path", request.params),
        ...check(route.query, "query", { ...request.query }),
        ...(route.body && check(route.body, "body", jsonBody(request))),
      };
      await route.answer(request, response, input, response.locals.caller as Caller);
    };
    /** Before anything of the request is read. */
    const admit = async (request: Request, response: Response, next: NextFunction) => {
      response.set("Cache-Control", "no-store");
      rates.take(route, request, response);
      const caller = await callerAt(doors, route, request, response);
      response.set("Cache-Control", cachingFor(caller));
      const refused = refusal(route, caller);
      if (refused !== null) throw refused;
      response.locals.caller = caller;
      next();
    };
    at[route.method ?? "get"](admit, ...takesBody(route, uploads), answer);
  }
  at.all(refuseOtherThan(methods.map(({ method = "get" }) => method.toUpperCase())));
}

/** What is for anyone is also for who has a session that is over, or the wrong page: as for nobody. */
async function callerAt(doors: Doors, { access }: Route, request: Request, response: Response): Promise<Caller> {
  try {
    return await doors.callerOf(request);
  } catch (error) {
    const refused = error instanceof ProblemError || error instanceof FaultError;
    if (!refused) throw error;
    if (access !== "anyone") throw error;
    // Only here, where the page asks who it is: an answer that comes late must not take the cookie of who has just signed in.
    if (error instanceof ProblemError && error.status === 401) doors.over?.(request, response);
    return nobody;
  }
}

function refuseOtherThan(methods: readonly string[]) {
  return (request: Request, response: Response) => {
    if (methods.every((method) => method === "GET")) return refuseMethod(request, response);
    response.set("Allow", methods.join(", "));
    const what = { zh: `这里要用 ${methods.join("、")}`, en: `this is asked with ${methods.join(", ")}` };
    const remedy = {
      zh: "请换成其中的一种。各要发什么\uff0c见 GET /api/v1/openapi.json。",
      en: "Use one of these. GET /api/v1/openapi.json says what each is sent.",
    };
    sendProblem(response, new ProblemError(405, { where: `${request.method} ${request.path}`, what, remedy }));
  };
}

function refuseMethod(request: Request, response: Response): void {
  response.set("Allow", "GET, HEAD");
  sendProblem(
    response,
    new ProblemError(405, {
      where: `${request.method} ${request.path}`,
      what: { zh: "这里只能读", en: "this can only be read" },
      remedy: {
        zh: "请用 GET。能改什么、由谁改，见 /api/v1/openapi.json。",
        en: "Use GET. What can be changed, and by whom, is in /api/v1/openapi.json.",
      },
    }),
  );
}

function mountPage(app: Express, webFolder: string | null): void {
  if (webFolder !== null) {
    // Vite puts a hash into the names of what it builds into assets/.
    app.use(
      "/assets",
      express.static(`${webFolder}/assets`, { immutable: true, maxAge: "365d", index: false, redirect: false }),
    );
    app.use(express.static(webFolder, { redirect: false }));
    // Sheets and pictures that are opened by themselves name no icon: browsers then ask for this one.
    const icon = iconIn(`${webFolder}/assets`);
    if (icon !== null) app.get("/favicon.ico", (_, response) => response.sendFile(icon, { maxAge: "1d" }));
  }
  app.use((request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return refuseMethod(request, response);
    // Addresses inside the page are the page's own business; files that are missing are not.
    const inPage = request.accepts("html") && !/\.[^/]*$/.test(request.path);
    if (!inPage) return next(notFound(request));
    if (webFolder === null) return next(noPage());
    // A board full screen, on the computer of its LCD, is a small page of its own.
    const file = /^\/show\/[^/]+$/.test(request.path) ? "show.html" : "index.html";
    response.sendFile(file, { root: webFolder }, (error) => error && next(error));
  });
}

/** Of the built page; null: it has none. */
function iconIn(assets: string): string | null {
  if (!existsSync(assets)) return null;
  const name = readdirSync(assets).find((one) => /^icon-[\w-]+\.svg$/.test(one));
  return name === undefined ? null : join(assets, name);
}

const notFound = (request: Request) =>
  new ProblemError(404, {
    where: `${request.method} ${request.originalUrl}`.slice(0, 200),
    what: { zh: "没有这个地址", en: "there is nothing at this address" },
    remedy: { zh: "GET /api/v1/openapi.json 列出全部。", en: "GET /api/v1/openapi.json lists what there is." },
  });

const noPage = () =>
  new ProblemError(404, {
    where: "GET /",
    what: { zh: "网页还没有生成", en: "the page has not been built" },
    remedy: { zh: "运行 npm run build,再重新启动。", en: "Run npm run build and start again." },
  });

/** `limit`: of what is too long, what it may have at most. */
function wordsFor(status: number, limit: number) {
  if (status === 413) {
    const most = Math.floor(limit / 1024);
    return {
      what: { zh: `请求体超过 ${most} KiB`, en: `the body has more than ${most} KiB` },
      remedy: { zh: "请缩短正文，或缩小图片。", en: "Make the text shorter, or the picture smaller." },
    };
  }
  if (status === 415) {
    return {
      what: { zh: "请求体不能压缩", en: "the body must not be compressed" },
      remedy: { zh: "去掉 Content-Encoding。", en: "Send it without Content-Encoding." },
    };
  }
  return {
    what: { zh: "读不懂这个请求", en: "the request makes no sense" },
    remedy: { zh: "请检查地址的写法。", en: "Check how the address is written." },
  };
}

const faultOf = (error: unknown): Fault | null => (error instanceof FaultError ? error.fault : null);

function answerFailure(onError: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof ProblemError) return sendProblem(response, error);
    const where = `${request.method} ${request.path}`.slice(0, 200);
    const fault =
      error instanceof UnknownYear ? { code: "calendar/unknown" as const, year: error.year } : faultOf(error);
    if (fault !== null) {
      const seconds = retryAfter(fault);
      if (seconds !== null) response.set("Retry-After", String(seconds));
      return sendProblem(response, new ProblemError(statusOf(fault), ...mistakesOf(fault, where)));
    }
    // Express says with a status what is the client's: an address that does not decode, a range that is not there.
    const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500) {
      return sendProblem(
        response,
        new ProblemError(status, {
          where,
          ...wordsFor(status, error instanceof Error && "limit" in error ? Number(error.limit) : 0),
        }),
      );
    }
    onError(error);
    sendProblem(
      response,
      new ProblemError(500, {
        where,
        what: { zh: "系统出错了", en: "something of ours failed" },
        remedy: { zh: "请看日志，或运行 boardcast doctor。", en: "See the log, or run boardcast doctor." },
      }),
    );
  };
}
