/** 复姓 that are in use, and single surnames that are frequent. */

const compound = new Set(
  (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 " +
    "长孙 宇文 司徒 鲜于 司空 闾丘 令狐 西门 百里 呼延 东郭 南门 羊舌 左丘 公良 拓跋 轩辕 完颜 欧侯 纳兰 叶赫 爱新 东野 梁丘"
  ).split(" "),
);
const single = new Set(
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊" +
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄" +
    "辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫" +
    "嵺苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠郜晏栾郁商蒙喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺冼衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬沙薄伏岑习胥蔺",
);

/** How many letters of a full name are its surname: 2 for 欧阳成, not for a name of these two letters alone. */
export function surnameLength(name: string): 1 | 2 {
  return name.length > 2 && compound.has(name.slice(0, 2)) ? 2 : 1;
}

export function beginsWithSurname(name: string): boolean {
  return compound.has(name.slice(0, 2)) || single.has(name[0] ?? "");
}
