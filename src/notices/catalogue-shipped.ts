/** The catalogue that comes with the program, for an office to edit: "统一规划了信息公开目录、发展规划、重点领域、采购信息、人事信息、精准扶贫等". */
import type { Catalogue } from "./catalogue-types.ts";

const workdays = (days: number) => ({ days, unit: "workday" as const });

/** Posting periods are the usual ones where rules name any; an office's own rules go before them. */
export const shippedCatalogue: Catalogue = {
  unit: "01",
  nodes: [
    {
      code: "A",
      name: "信息公开目录",
      children: [
        { code: "A01", name: "信息公开指南和目录", mandatory: true, categories: ["信息公开目录"] },
        { code: "A02", name: "政策落实", mandatory: true, categories: ["政策落实"] },
      ],
    },
    {
      code: "B",
      name: "人",
      children: [{ code: "B01", name: "人事信息", mandatory: true, posting: workdays(5), categories: ["人事信息"] }],
    },
    {
      code: "C",
      name: "财",
      children: [
        { code: "C01", name: "财政预决算", mandatory: true, categories: ["财政预决算"] },
        { code: "C02", name: "采购信息", mandatory: true, categories: ["政府采购", "采购信息"] },
        {
          code: "C03",
          name: "行政审批与收费",
          categories: ["行政审批与收费"],
          children: [
            {
              code: "C031",
              name: "行政事业性收费",
              mandatory: true,
              categories: ["行政审批与收费"],
              titled: ["收费"],
            },
            { code: "C032", name: "行政审批事项", categories: ["行政审批与收费"], titled: ["审批", "许可"] },
          ],
        },
      ],
    },
    {
      code: "D",
      name: "物",
      children: [
        { code: "D01", name: "项目建设", categories: ["项目建设"] },
        { code: "D02", name: "危房改造", mandatory: true, posting: workdays(7), categories: ["危房改造"] },
      ],
    },
    { code: "E", name: "发展规划", mandatory: true, categories: ["发展规划"] },
    {
      code: "F",
      name: "重点领域",
      categories: ["重点领域"],
      children: [
        { code: "F01", name: "重点工作", mandatory: true, categories: ["重点工作"] },
        { code: "F02", name: "精准扶贫", mandatory: true, posting: workdays(7), categories: ["精准扶贫"] },
        { code: "F03", name: "社会保障", mandatory: true, posting: workdays(7), categories: ["社会保障"] },
        { code: "F04", name: "三农", posting: { days: 7, unit: "day" }, categories: ["三农"] },
        { code: "F05", name: "医疗卫生", categories: ["医疗卫生"] },
        { code: "F06", name: "便民服务", mandatory: true, categories: ["便民服务"] },
      ],
    },
  ],
  other: { code: "Z", name: "其他" },
};
