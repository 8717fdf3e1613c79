//! A kanji → the one that is the same letter in names: 濱 and 浜, 內 and 内.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Old and other forms, each before the one that is usual in Japan.
const OLD: &str = "亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 悅悦 閱閲 圓円 緣縁 鹽塩 奧奥 應応 橫横 \
    歐欧 黃黄 溫温 穩穏 假仮 價価 畫画 會会 壞壊 懷懐 繪絵 槪概 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 鐮鎌 \
    勸勧 卷巻 寬寛 歡歓 觀観 關関 陷陥 巖巌 顏顔 歸帰 氣気 龜亀 僞偽 戲戯 犧犠 舊旧 擧挙 虛虚 峽峡 挾挟 \
    敎教 强強 狹狭 鄕郷 堯尭 曉暁 區区 驅駆 勳勲 薰薫 徑径 惠恵 溪渓 經経 繼継 莖茎 螢蛍 輕軽 鷄鶏 藝芸 \
    儉倹 劍剣 圈圏 檢検 權権 獻献 縣県 險険 顯顕 驗験 嚴厳 效効 廣広 恆恒 鑛鉱 號号 國国 黑黒 濟済 碎砕 \
    齋斉 斎斉 齊斉 劑剤 櫻桜 册冊 雜雑 參参 棧桟 蠶蚕 贊賛 殘残 絲糸 齒歯 兒児 辭辞 濕湿 實実 舍舎 寫写 \
    釋釈 壽寿 收収 從従 澁渋 獸獣 縱縦 肅粛 處処 緖緒 敍叙 奬奨 將将 燒焼 稱称 證証 乘乗 剩剰 壤壌 孃嬢 \
    條条 淨浄 疊畳 穰穣 讓譲 釀醸 觸触 寢寝 愼慎 晉晋 眞真 盡尽 圖図 粹粋 醉酔 隨随 數数 樞枢 瀨瀬 淸清 \
    靑青 聲声 靜静 攝摂 專専 戰戦 淺浅 潛潜 纖繊 踐践 錢銭 禪禅 曾曽 雙双 壯壮 搜捜 插挿 巢巣 爭争 總総 \
    聰聡 莊荘 裝装 騷騒 增増 藏蔵 卽即 屬属 續続 體体 對対 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単 擔担 膽胆 \
    團団 彈弾 斷断 遲遅 晝昼 蟲虫 鑄鋳 廳庁 聽聴 鎭鎮 遞逓 鐵鉄 轉転 點点 傳伝 黨党 盜盗 燈灯 當当 鬪闘 \
    德徳 獨独 讀読 屆届 繩縄 貳弐 惱悩 腦脳 霸覇 廢廃 拜拝 賣売 麥麦 發発 髮髪 拔抜 祕秘 濱浜 濵浜 甁瓶 \
    拂払 佛仏 竝並 變変 邊辺 邉辺 辨弁 辯弁 瓣弁 舖舗 穗穂 寶宝 豐豊 沒没 飜翻 槇槙 萬万 滿満 默黙 彌弥 \
    藥薬 譯訳 豫予 餘余 與与 譽誉 搖揺 樣様 謠謡 來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 壘塁 勵励 禮礼 \
    隸隷 靈霊 齡齢 戀恋 爐炉 勞労 樓楼 郞郎 祿禄 錄録 灣湾 內内 步歩 逹達 槗橋 髙高 﨑崎 嵜崎 𠮷吉 嶋島 \
    嶌島 冨富 峯峰 枩松 禰祢 亙亘 凜凛 檜桧 藪薮 桒桑 栁柳 楳梅 舘館 㐂喜 羣群 萊莱 蘓蘇 曻昇 冝宜 渊淵 \
    籠篭";

/// Chinese forms of letters in Japanese names, each before the Japanese one.
const SIMPLIFIED: &str = "桥橋 冈岡 滨浜 泽沢 边辺 岛島 泷滝 马馬 鸟鳥 龟亀 长長 门門 关関 间間 东東 车車 见見 贝貝 叶葉 华華 \
    乡郷 历歴 丰豊 广広 绳縄 纪紀 织織 绪緒 细細 园園 圆円 坚堅 备備 宫宮 实実 宽寛 尧尭 岁歳 带帯 库庫 \
    应応 归帰 录録 怀懐 户戸 扬揚 择択 摄摂 无無 时時 显顕 晓暁 权権 杨楊 极極 构構 标標 栈桟 栋棟 样様 \
    梦夢 检検 欢歓 气気 汉漢 汤湯 沟溝 测測 济済 浓濃 润潤 涩渋 渔漁 灵霊 热熱 爱愛 环環 现現 电電 畅暢 \
    盐塩 监監 盖蓋 盘盤 矿鉱 础礎 确確 离離 种種 积積 稳穏 竞競 笔筆 笼篭 筑築 简簡 类類 红紅 约約 纯純 \
    纲綱 纳納 线線 练練 组組 经経 结結 绘絵 统統 绢絹 继継 绵綿 绿緑 维維 编編 缘縁 罗羅 聪聡 职職 肃粛 \
    胜勝 艺芸 节節 苍蒼 苏蘇 荣栄 药薬 莲蓮 萤蛍 营営 蓝藍 补補 规規 视視 览覧 觉覚 计計 认認 议議 记記 \
    许許 论論 诚誠 详詳 语語 说説 诸諸 读読 调調 谢謝 贞貞 财財 贤賢 货貨 质質 贵貴 贸貿 贺賀 资資 轮輪 \
    轻軽 辅輔 辉輝 达達 迁遷 运運 进進 远遠 连連 迟遅 适適 选選 郑鄭 邻隣 释釈 针針 钟鐘 钢鋼 钱銭 铁鉄 \
    铃鈴 铜銅 银銀 锅鍋 锐鋭 锦錦 键鍵 锻鍛 镇鎮 镜鏡 问問 闲閑 闻聞 阁閣 队隊 阳陽 阴陰 阵陣 阶階 际際 \
    陆陸 陈陳 险険 隐隠 难難 雾霧 顶頂 项項 顺順 须須 顾顧 领領 频頻 颖穎 题題 颜顔 额額 风風 飞飛 饭飯 \
    馆館 驰馳 驱駆 骏駿 骑騎 鱼魚 鲁魯 鲜鮮 鸣鳴 鸭鴨 鸿鴻 鹤鶴 鹰鷹 齐斉 龙竜";

/// Radicals that Unicode has a second time, and its compatibility forms (NFKC) do not know.
const RADICALS: &str = "⺟母 ⺠民 ⺩王 ⺬示 ⺮竹 ⻁虎 ⻄西 ⻆角 ⻑長 ⻒長 ⻗雨 ⻘青 ⻝食 ⻣骨 ⻤鬼 ⻨麦 ⻩黄 ⻫斉 ⻭歯 ⻯竜 \
    ⻲亀";

static USUAL: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = [OLD, SIMPLIFIED, RADICALS].into_iter().flat_map(str::split_whitespace);
    pairs.filter_map(|pair| pair.chars().next().zip(pair.chars().nth(1))).collect()
});

/// The usual form of a kanji; itself where it is that, or no kanji.
pub(super) fn usual(letter: char) -> char {
    if letter < '\u{2e80}' { letter } else { USUAL.get(&letter).copied().unwrap_or(letter) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_leads_to_a_usual_one() {
        assert!(USUAL.len() > 500, "{}", USUAL.len());
        for (form, usual) in USUAL.iter() {
            assert_eq!(super::usual(*usual), *usual, "{form}");
        }
        assert_eq!("濵邉髙內⻑桥".chars().map(super::usual).collect::<String>(), "浜辺高内長橋");
    }
}
