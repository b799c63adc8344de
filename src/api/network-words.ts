/** What people are told about opening the page to the office, and about trusting its certificate. */
import type { Sentence } from "../fault.ts";
import type { NetworkView } from "./network.ts";

const office: Readonly<Record<NetworkView["state"], Sentence>> = {
  here: {
    zh: "现在只应答本机\uff0c别的电脑和手机打不开。",
    en: "Only this computer is answered: no other computer or telephone opens the page.",
  },
  held: {
    zh: "还没有账号，现在只应答本机。请先用启动时打印的链接在本机设好账号，再重新启动。",
    en: "There is no account yet, so only this computer is answered. Set one up on this computer by the link that the start prints, then start again.",
  },
  open: { zh: "办公网里的电脑和手机可以打开：", en: "Computers and telephones of the office network open it at:" },
};

/** `review: none`: there is no account to be set up, and no page for others. */
const alone: Readonly<Record<NetworkView["state"], Sentence>> = {
  here: office.here,
  held: {
    zh: "安装文件写了 review: none（一人自用，没有账号）：不管 listen.host 怎么写，现在只应答本机。别的电脑要往屏上放文字：在本机运行 boardcast token add 屏号 --name 名称，再重新启动。要几个人办、联网审核：去掉 review: none，设好账号。",
    en: "The installation file says review: none (one person, no accounts): only this computer is answered, whatever listen.host says. For texts from another computer: boardcast token add BOARD --name NAME on this one, then start again; for an office, remove review: none and set up accounts.",
  },
  open: {
    zh: "别的电脑打不开这个网页；那里有凭证的程序可以往它那块屏上放文字：",
    en: "Other computers do not open this page: with its key a program there puts texts on its board, at:",
  },
};

const officePlain: Sentence = {
  zh: "没有加密：同一网络里的人能看到密码。请删去安装文件里的 tls: none，重新启动。",
  en: "Not encrypted: passwords can be read by others in the network. Take tls: none out of the installation file and start again.",
};

const alonePlain: Sentence = {
  zh: "没有加密：同一网络里的人能看到凭证，拿去往屏上放文字。请删去安装文件里的 tls: none，重新启动。",
  en: "Not encrypted: keys can be read by others in the network, and used. Take tls: none out of the installation file and start again.",
};

export interface Trust {
  readonly system: Sentence;
  readonly steps: Sentence;
}

/** A certificate of a server and of no authority: what takes only authorities (telephones) compares the fingerprint. */
const trust: readonly Trust[] = [
  {
    system: { zh: "先核对", en: "First" },
    steps: {
      zh: "在浏览器的证书信息里看 SHA-256 指纹，与上面的一致才信任；不一致就停下，找系统管理员。",
      en: "Compare the SHA-256 fingerprint that the browser shows with the one above; if they differ, stop and ask the administrator.",
    },
  },
  {
    system: { zh: "Windows", en: "Windows" },
    steps: {
      zh: "从登录页下载 boardcast.crt，双击，“安装证书”→“当前用户”→“受信任的根证书颁发机构”；或运行 certutil -user -addstore Root boardcast.crt。重开浏览器。",
      en: 'Download boardcast.crt, open it, "Install Certificate", "Current User", "Trusted Root Certification Authorities"; or run certutil -user -addstore Root boardcast.crt. Restart the browser.',
    },
  },
  {
    system: { zh: "Linux、麒麟、统信", en: "Linux, Kylin, UOS" },
    steps: {
      zh: '浏览器（Chromium 类）：certutil -d sql:$HOME/.pki/nssdb -A -t "P,," -n boardcast -i boardcast.crt（在 libnss3-tools 包里）；火狐：打开网页，“高级”→“接受风险并继续”。命令行：复制到 /usr/local/share/ca-certificates/ 再运行 update-ca-certificates。',
      en: 'Chromium and its kin: certutil -d sql:$HOME/.pki/nssdb -A -t "P,," -n boardcast -i boardcast.crt (package libnss3-tools); Firefox: open the page, "Advanced", "Accept the Risk". Command line: copy it to /usr/local/share/ca-certificates/ and run update-ca-certificates.',
    },
  },
  {
    system: { zh: "安卓", en: "Android" },
    steps: {
      zh: "安卓只收颁发机构的证书：核对指纹后选“高级”→“继续前往”。要没有提示，请向单位的证书机构申请证书，写到 listen.tls。",
      en: 'Android takes certificates of authorities only: compare the fingerprint, then "Advanced", "Proceed". For no warning get a certificate from your organisation\'s authority and name it in listen.tls.',
    },
  },
  {
    system: { zh: "苹果 iOS", en: "iOS" },
    steps: {
      zh: "同上：核对指纹后选“显示详细信息”→“访问此网站”；或用单位证书机构的证书。",
      en: 'The same: compare the fingerprint, then "Show Details", "visit this website"; or use a certificate of your organisation\'s authority.',
    },
  },
];

/** Programs alone ask there. */
const trustAlone: readonly Trust[] = [
  {
    system: { zh: "先核对", en: "First" },
    steps: {
      zh: "在那台电脑上运行 openssl x509 -in boardcast.crt -noout -fingerprint -sha256，与上面的一致才信任；不一致就停下。",
      en: "On the other computer run openssl x509 -in boardcast.crt -noout -fingerprint -sha256 and compare with the one above; if they differ, stop.",
    },
  },
  {
    system: { zh: "curl", en: "curl" },
    steps: {
      zh: "把下载的 boardcast.crt 拷到那台电脑，加上 --cacert boardcast.crt。",
      en: "Copy the boardcast.crt that was downloaded to the other computer, and add --cacert boardcast.crt.",
    },
  },
];

export const saysOf = ({ state, alone: isAlone }: NetworkView): Sentence => (isAlone ? alone : office)[state];

/** Null: nothing to warn of. */
export const warningOf = ({ state, tls, alone: isAlone }: NetworkView): Sentence | null =>
  state === "open" && tls === "none" ? (isAlone ? alonePlain : officePlain) : null;

/** None, where the certificate is not of our own making. */
export const trustOf = ({ tls, alone: isAlone }: NetworkView): readonly Trust[] =>
  tls !== "generated" ? [] : isAlone ? trustAlone : trust;
