/** Passwords of ten characters and more that guessers try first, lower case: from published lists, and habits of Chinese offices. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `0123456789 1234567890 12345678910 123456789a 123456789q 123456789abc 1234567891 1234567899 0987654321 9876543210
  1122334455 1112223334 1231231231 1233211234567 123321123321 1234554321 123456654321 1234512345 123123123123
  1314520520 1314521521 5201314520 5201314521 5211314521 52013145201314 7758521521 7758521520 1472583690 147258369000
  1597534862 789456123000 7894561230 741852963000 a123456789 a1234567890 aa123456789 aaa123456789 abc123456789
  abcd123456 abcd1234567 abcde12345 abcdef1234 abcdefghij abc1234567 as12345678 asd123456789 asdf123456 asdfghjkl1
  asdfghjkl; asdfasdfasdf qwerty1234 qwerty12345 qwerty123456 qwertyuiop qwertyuiop123 qwertyuiop[] qweasdzxc123
  qwe123456789 qwer123456 qwer12345678 q123456789 qq123456789 qq1234567890 qazwsxedc123 qazwsxedcrfv 1qaz2wsx3edc
  1qaz2wsx3edc4rfv 1qazxsw23edc 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 zaq12wsxcde3 zxcvbnm123 zxcvbnm1234
  zxcvbnm,./ zxc123456789 z123456789 zz123456789 w123456789 x123456789 woaini1314 woaini1314520 woaini520520
  woaini5201314 woaini123456 woaini521521 wang123456 wang123456789 zhang123456 liu123456789 li123456789 chen123456
  zhao123456 huang123456 password12 password123 password1234 password12345 password123456 passw0rd123 p@ssw0rd123
  p@ssword123 p@ssw0rd1234 passwordpassword mypassword mypassword123 letmein1234 letmein123456 iloveyou12 iloveyou123
  iloveyou1314 iloveyou520 administrator admin12345 admin123456 admin1234567 admin12345678 admin@12345 admin@123456
  admin888888 adminadmin adminadminadmin root123456 root12345678 test123456 test12345678 testtest123 user123456
  guest123456 welcome123 welcome1234 welcome12345 changeme123 changeme1234 default123 system123456 master123456
  sunshine123 superman123 football123 baseball123 princess123 monkey123456 dragon123456 michael123 computer123
  internet123 china123456 zhongguo123 zhonghua123 beijing2008 beijing123 hubei123456 xianning123 chibi123456
  bangong123 bangongshi bangongshi123 gongkailan gongkailan123 zhengfu123 zhengwu123 dangwu123456 jiedao123456
  boardcast1 boardcast123 boardcast1234 boardcast123456 ledled123456 huidu123456 kaoqin123456 88888888888 caonima123
  qwerty!@#$% !@#$%^&*() 1234567890- 123qweasdzxc 123qwe123qwe 123456qwerty 123456asdfgh 123456abcdef 123abc123abc
  abc123abc123 asd123asd123 a1b2c3d4e5 a1s2d3f4g5 aa12345678 aa11223344 abc@123456 aaaa123456 qwert12345 !qaz2wsx3edc
  trustno1trustno1 whatever123 starwars123 pokemon123 liverpool1 manchester chocolate1 basketball basketball1 volleyball
  strawberry butterfly1 jennifer123 elizabeth1 alexander1 christopher hello12345 hello123456 helloworld helloworld1
  nihao123456 nihaonihao tianxia123 meiyoumima wodemima123 mima123456 mimamima123 wobuzhidao woaizhongguo`
    .trim()
    .split(/\s+/),
);
