/** What people are told about opening the page to the office, and about trusting its certificate. */
import type { Sentence } from "../fault.ts";
import type { NetworkView } from "./network.ts";

export const stateWords: Readonly<Record<NetworkView["state"], Sentence>> = {
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

export const plainWarning: Sentence = {
  zh: "没有加密：同一网络里的人能看到密码。请删去安装文件里的 tls: none，重新启动。",
  en: "Not encrypted: passwords can be read by others in the network. Take tls: none out of the installation file and start again.",
};

export interface Trust {
  readonly system: Sentence;
  readonly steps: Sentence;
}

/** A certificate of a server and of no authority: what takes only authorities (telephones) compares the fingerprint. */
export const trustWords: readonly Trust[] = [
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
