/** Golden frames of lines and punctuation, of clocks and codes, of pictures, and of makers' low signs. */
import type { Shape } from "../../src/message/index.ts";
import type { PictureDither } from "../../src/notices/types.ts";
import type { TypesetRequest } from "../../src/typeset/index.ts";
import type { Golden } from "./form-frames.ts";
import { photo } from "./picture-files.ts";
import { kept } from "./picture-setting.ts";
import { request } from "./samples.ts";

const mono = (width: number, height: number): Shape => ({ width, height, colour: "mono" });
const dual = (width: number, height: number): Shape => ({ width, height, colour: "dual" });
const rgb = (width: number, height: number): Shape => ({ width, height, colour: "rgb" });

const unsigned = { signature: { org: "", date: null } };

/** A small picture in the middle of a panel. */
function pictured(shape: Shape, dither: PictureDither): TypesetRequest {
  const picture = kept(photo(48, 24));
  const pictures = [{ sha256: picture.sha256, dither }];
  return { ...request(shape, { displayKind: "picture", pictures }), pictures: [picture] };
}

export const moreFrames: readonly Golden[] = [
  {
    file: "justified.txt",
    shows: "a paragraph flush at both sides, with gaps at a word of letters and none at numbers",
    request: request(mono(256, 64), {
      title: "通知",
      body: "请于2017年9月25日前将WiFi密码报送党政办公室\uff0c逐条填写登记表\uff0c注明方式。",
      ...unsigned,
    }),
  },
  {
    file: "punctuation.txt",
    shows: "marks side by side share a blank half, a bracket at an edge has none",
    request: request(mono(144, 64), {
      title: "公示",
      body: "按照“一事一议”\u3001《办法》\u3001\uff08试行\uff09\uff0c现公示。",
      ...unsigned,
    }),
  },
  {
    file: "document-number.txt",
    shows: "a document's number whole",
    request: request(mono(192, 48), { title: "公开", body: "依据鄂政办发〔2017〕15号文件。", ...unsigned }),
  },
  {
    file: "rare-names.txt",
    shows: "rare characters of names, one of them beyond the first plane",
    request: request(mono(112, 32), { displayKind: "slogan", body: "喆堃玥䶮\u{2caa9}" }),
  },
  {
    file: "soft-edges.txt",
    shows: "bold outlines on a full-colour panel: only dots of half the strength and more are told",
    request: request(rgb(96, 40), { displayKind: "slogan", body: "公开" }),
  },
  {
    file: "sign-16.txt",
    shows: "a sign of one character, its text moved by a character and a half",
    request: request(mono(16, 16), { displayKind: "slogan", body: "停水通知" }),
    elapsedMs: 1500 + 25 * 24,
  },
  {
    file: "sign-32x8.txt",
    shows: "letters on eight rows, moved by twelve dots",
    request: request(rgb(32, 8), { displayKind: "slogan", body: "OPEN 8:30" }),
    elapsedMs: 1500 + 50 * 12,
  },
  {
    file: "sign-64x32.txt",
    shows: "a title and a line of four characters each",
    request: request(rgb(64, 32), { title: "停水通知", body: "今晚停水", ...unsigned }),
  },
  {
    file: "qrcode.txt",
    shows: "a code of two dots a module with its quiet zone, its caption beside it",
    request: request(dual(128, 64), { displayKind: "qrcode", body: "{{qr:QSG.CN}}\n扫码" }),
  },
  {
    file: "clock-lunar.txt",
    shows: "the lunar date of the day under the clock",
    request: request(dual(96, 48), { displayKind: "clock", body: "{{date:M月D日}} {{time:HH:mm}} 农历{{lunar}}" }),
    at: "2017-03-06T08:05",
  },
  {
    file: "countdown-workdays.txt",
    shows: "working days to go, a make-up Saturday among them",
    request: request(mono(128, 32), { displayKind: "countdown", body: "距考核{{workdaysTo:2017-04-05}}个工作日" }),
    at: "2017-03-06T08:05",
  },
  ...(["diffusion", "ordered", "threshold"] as const).flatMap((dither): Golden[] => [
    {
      file: `picture-${dither}-mono.txt`,
      shows: `a picture of lights on or off: ${dither}`,
      request: pictured(mono(48, 24), dither),
    },
  ]),
  {
    file: "picture-diffusion-dual.txt",
    shows: "a picture in red, green and yellow",
    request: pictured(dual(48, 24), "diffusion"),
  },
];
