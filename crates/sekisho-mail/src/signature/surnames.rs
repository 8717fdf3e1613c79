//! Japanese surnames and how they are read: what tells 「三浦 健太郎」 from other words, and that "Mayumi Ohno" may be 大野.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The usual ones: a surname, then its readings (Hepburn, long vowels as kana write them).
const TABLE: &str = "\
佐藤 satou 鈴木 suzuki 高橋 takahashi 髙橋 takahashi 田中 tanaka 伊藤 itou 渡辺 watanabe 渡邊 watanabe 渡邉 watanabe 山本 yamamoto
中村 nakamura 小林 kobayashi 加藤 katou 吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi 松本 matsumoto 井上 inoue 木村 kimura
林 hayashi 斎藤 saitou 斉藤 saitou 齋藤 saitou 齊藤 saitou 清水 shimizu 山崎 yamazaki/yamasaki 山﨑 yamazaki/yamasaki 阿部 abe
森 mori 池田 ikeda 橋本 hashimoto 山下 yamashita 石川 ishikawa 中島 nakajima/nakashima 中嶋 nakajima/nakashima 前田 maeda
藤田 fujita 小川 ogawa 後藤 gotou 岡田 okada 長谷川 hasegawa 村上 murakami 近藤 kondou 石井 ishii 坂本 sakamoto 阪本 sakamoto
遠藤 endou 青木 aoki 藤井 fujii 西村 nishimura 福田 fukuda 太田 oota 三浦 miura 藤原 fujiwara/fujihara 岡本 okamoto 松田 matsuda
中川 nakagawa 中野 nakano 原田 harada 小野 ono 田村 tamura 竹内 takeuchi 武内 takeuchi 金子 kaneko 和田 wada 中山 nakayama
石田 ishida 上田 ueda 森田 morita 柴田 shibata 酒井 sakai 坂井 sakai 工藤 kudou 横山 yokoyama 宮崎 miyazaki 宮﨑 miyazaki
宮本 miyamoto 内田 uchida 高木 takagi 髙木 takagi 安藤 andou 谷口 taniguchi 大野 oono 丸山 maruyama 今井 imai 高田 takada/takata
河野 kouno/kawano 藤本 fujimoto 村田 murata 武田 takeda 竹田 takeda 上野 ueno 杉山 sugiyama 増田 masuda 益田 masuda 平野 hirano
大塚 ootsuka 千葉 chiba 久保 kubo 松井 matsui 小島 kojima 小嶋 kojima 岩崎 iwasaki 桜井 sakurai 櫻井 sakurai 野口 noguchi
松尾 matsuo 野村 nomura 木下 kinoshita 菊地 kikuchi 菊池 kikuchi 佐野 sano 大西 oonishi 杉本 sugimoto 新井 arai 荒井 arai
浜田 hamada 濱田 hamada 古川 furukawa 市川 ichikawa 水野 mizuno 小松 komatsu 島田 shimada 嶋田 shimada 小山 koyama/oyama
高野 takano/kouno 西田 nishida 菅原 sugawara 山内 yamauchi/yamanouchi 西川 nishikawa 五十嵐 igarashi 北村 kitamura 安田 yasuda
川口 kawaguchi 平田 hirata 中田 nakata/nakada 関 seki 関口 sekiguchi 岩田 iwata 服部 hattori 本田 honda 本多 honda 土屋 tsuchiya
川崎 kawasaki 川﨑 kawasaki 久保田 kubota 飯田 iida 田口 taguchi 松下 matsushita 樋口 higuchi 吉川 yoshikawa/kikkawa
東 higashi/azuma 小池 koike 永井 nagai 長井 nagai 中西 nakanishi 辻 tsuji 矢野 yano 秋山 akiyama 川上 kawakami 石原 ishihara
星野 hoshino 荒木 araki 馬場 baba 熊谷 kumagai/kumagaya 松岡 matsuoka 須藤 sudou/sutou 山中 yamanaka 野田 noda 尾崎 ozaki
大島 ooshima 大橋 oohashi 松村 matsumura 川村 kawamura 河村 kawamura 早川 hayakawa 栗原 kurihara 渡部 watanabe/watabe
菅野 kanno/sugano 片山 katayama 田辺 tanabe 田邊 tanabe 八木 yagi 小田 oda 望月 mochizuki 福島 fukushima 福嶋 fukushima 黒田 kuroda
松浦 matsuura 森本 morimoto 横田 yokota 岡崎 okazaki 内藤 naitou 堀 hori 岡村 okamura 大石 ooishi 三宅 miyake 大久保 ookubo
成田 narita 平井 hirai 萩原 hagiwara 川島 kawashima 川嶋 kawashima 河合 kawai 川合 kawai 関根 sekine 小西 konishi 落合 ochiai
広瀬 hirose 廣瀬 hirose 天野 amano 福井 fukui 西山 nishiyama 鎌田 kamata/kamada 星 hoshi 大谷 ootani/ooya 上原 uehara
柳沢 yanagisawa 柳澤 yanagisawa 小澤 ozawa 小沢 ozawa 大川 ookawa 根本 nemoto 片岡 kataoka 山岸 yamagishi 今村 imamura 浅野 asano
浅井 asai 奥村 okumura 奥田 okuda 奥山 okuyama 大森 oomori 岩本 iwamoto 西 nishi 牧野 makino 吉村 yoshimura 吉岡 yoshioka
吉野 yoshino 吉原 yoshihara 岡 oka 原 hara 南 minami 北 kita 堀田 hotta 堀江 horie 堀口 horiguchi 堀内 horiuchi 本間 honma
村山 murayama 村井 murai 村松 muramatsu 村瀬 murase 村岡 muraoka 松永 matsunaga 松原 matsubara 松崎 matsuzaki 松山 matsuyama
松川 matsukawa 松島 matsushima 松野 matsuno 松沢 matsuzawa 松澤 matsuzawa 宮田 miyata 宮下 miyashita 宮川 miyagawa 宮内 miyauchi
宮沢 miyazawa 宮澤 miyazawa 宮原 miyahara 宮城 miyagi 宮島 miyajima 宮部 miyabe 小野寺 onodera 小泉 koizumi 小原 ohara/obara
小倉 ogura/kokura 小笠原 ogasawara 小森 komori 小室 komuro 小谷 kotani/otani 小堀 kobori 小出 koide 小宮 komiya 小宮山 komiyama
小柳 koyanagi 小坂 kosaka/osaka 小杉 kosugi 小菅 kosuge 小早川 kobayakawa 小田切 odagiri 小田島 odajima/odashima 小山田 oyamada
小野田 onoda 小久保 kokubo 小松原 komatsubara 小松崎 komatsuzaki 小比類巻 kohiruimaki 小野部 onobe 石橋 ishibashi
石塚 ishizuka/ishitsuka 石黒 ishiguro 石崎 ishizaki 石山 ishiyama 石岡 ishioka 石渡 ishiwata 石沢 ishizawa 石野 ishino 飯塚 iizuka
飯島 iijima 飯村 iimura 飯野 iino 飯沼 iinuma 井口 iguchi/inokuchi 井出 ide 井手 ide 井川 igawa 井田 ida 伊東 itou 伊達 date
伊集院 ijuuin 池上 ikegami 池内 ikeuchi 池本 ikemoto 池谷 iketani/ikeya 市村 ichimura 今野 konno/imano 今田 imada 今西 imanishi
今泉 imaizumi 岩井 iwai 岩下 iwashita 岩瀬 iwase 岩永 iwanaga 岩佐 iwasa 岩間 iwama 岩沢 iwasawa 上村 uemura/kamimura 植田 ueda
植木 ueki 植村 uemura 植松 uematsu 臼井 usui 内山 uchiyama 内海 utsumi/uchiumi 内野 uchino 内村 uchimura 内川 uchikawa 梅田 umeda
梅原 umehara 梅本 umemoto 浦野 urano 浦田 urata 江口 eguchi 江藤 etou 江川 egawa 江崎 ezaki 榎本 enomoto 遠山 tooyama 及川 oikawa
大山 ooyama 大場 ooba 大木 ooki 大竹 ootake 大平 oohira 大村 oomura 大沢 oosawa 大澤 oosawa 大江 ooe 大原 oohara 大井 ooi
大内 oouchi 大友 ootomo 大坪 ootsubo 大田 oota 大滝 ootaki 大貫 oonuki 大城 ooshiro 大倉 ookura 大河内 ookouchi 大河原 ookawara
大和田 oowada 大田原 ootawara 大崎 oosaki 岡部 okabe 岡野 okano 岡山 okayama 岡島 okajima 岡林 okabayashi 荻野 ogino
荻原 ogiwara/ogihara 奥野 okuno 長田 osada/nagata 長村 osamura/nagamura 尾形 ogata 緒方 ogata 尾上 onoe 尾関 ozeki 織田 oda
折原 orihara 加賀谷 kagaya 加賀美 kagami 影山 kageyama 景山 kageyama 笠原 kasahara 笠井 kasai 葛西 kasai 梶原 kajiwara 梶田 kajita
梶 kaji 柏木 kashiwagi 柏原 kashiwabara/kashihara 春日 kasuga 片桐 katagiri 勝又 katsumata 勝田 katsuta 桂 katsura 門脇 kadowaki
角田 tsunoda/kakuta/sumida 金井 kanai 金沢 kanazawa 金澤 kanazawa 金田 kaneda/kanada 金城 kinjou 兼田 kaneda 鎌倉 kamakura
上山 ueyama/kamiyama 神田 kanda 神山 kamiyama 神谷 kamiya 神戸 kanbe 神野 jinno/kanno 亀井 kamei 亀山 kameyama 亀田 kameda
川田 kawada/kawata 川端 kawabata 川原 kawahara 河原 kawahara 川本 kawamoto 河本 kawamoto 川野 kawano 川井 kawai 河内 kawachi/kouchi
河田 kawata/kawada 川瀬 kawase 川辺 kawabe 川又 kawamata 河西 kasai/kawanishi 菅 kan/suga 喜多 kita 木内 kiuchi 木原 kihara
木戸 kido 木本 kimoto 木之下 kinoshita 菊田 kikuta 岸 kishi 岸本 kishimoto 岸田 kishida 岸川 kishikawa 北川 kitagawa 北島 kitajima
北原 kitahara 北野 kitano 北山 kitayama 北田 kitada 北沢 kitazawa 木田 kida 吉良 kira 喜屋武 kyan 久野 kuno/hisano 国分 kokubu
草野 kusano 楠 kusunoki 楠本 kusumoto 窪田 kubota 熊田 kumada 熊野 kumano 倉田 kurata 倉持 kuramochi 栗田 kurita 栗山 kuriyama
黒川 kurokawa 黒木 kuroki 黒沢 kurosawa 黒澤 kurosawa 黒岩 kuroiwa 桑原 kuwabara/kuwahara 桑田 kuwata 桑野 kuwano 剣持 kenmochi
古賀 koga 古田 furuta 古谷 furuya 古屋 furuya 古沢 furusawa 古市 furuichi 児玉 kodama 児島 kojima 越智 ochi 五味 gomi 合田 gouda
郷田 gouda 西条 saijou 三枝 saegusa 佐伯 saeki 佐久間 sakuma 佐川 sagawa 佐竹 satake 佐原 sahara 佐山 sayama 佐田 sada 酒巻 sakamaki
坂口 sakaguchi 坂田 sakata 坂上 sakagami 坂東 bandou 坂野 sakano/banno 榊原 sakakibara 榊 sakaki 桜田 sakurada 笹川 sasagawa
笹原 sasahara 笹本 sasamoto 笹木 sasaki 佐々 sasa 沢田 sawada 澤田 sawada 沢口 sawaguchi 沢村 sawamura 塩田 shiota 塩谷 shioya
塩野 shiono 塩沢 shiozawa 宍戸 shishido 篠原 shinohara 篠田 shinoda 篠崎 shinozaki 柴山 shibayama 柴崎 shibasaki
渋谷 shibuya/shibutani 渋沢 shibusawa 島崎 shimazaki 島村 shimamura 島袋 shimabukuro 島本 shimamoto 嶋崎 shimazaki 志村 shimura
志賀 shiga 志田 shida 下村 shimomura 下田 shimoda 下山 shimoyama 庄司 shouji 東海林 shouji/toukairin 正木 masaki 白井 shirai
白石 shiraishi 白川 shirakawa 白鳥 shiratori 城田 shirota 新谷 shintani/araya 新田 nitta 新保 shinbo 新村 niimura/shinmura
進藤 shindou 新藤 shindou 末永 suenaga 末吉 sueyoshi 須田 suda 須賀 suga 菅谷 sugaya 杉浦 sugiura 杉田 sugita 杉原 sugihara
杉村 sugimura 杉野 sugino 助川 sukegawa 鈴村 suzumura 住田 sumida 諏訪 suwa 瀬戸 seto 瀬川 segawa 瀬尾 seo 関谷 sekiya 関川 sekikawa
千田 chida/senda 仙波 senba 曽我 soga 曽根 sone 曽我部 sogabe 曽根原 sonehara 染谷 someya 園田 sonoda 高井 takai 高山 takayama
高島 takashima 高瀬 takase 高松 takamatsu 高見 takami 高村 takamura 高原 takahara 高尾 takao 高倉 takakura 高畑 takahata
高杉 takasugi 高岡 takaoka 高沢 takazawa 滝沢 takizawa 瀧澤 takizawa 滝本 takimoto 滝川 takigawa 田上 tagami/tanoue 田川 tagawa
田島 tajima 田嶋 tajima 田代 tashiro 田原 tahara/tabara 田畑 tabata 田端 tabata 田所 tadokoro 田尻 tajiri 田渕 tabuchi 田淵 tabuchi
田宮 tamiya 田丸 tamaru 田名部 tanabe 竹下 takeshita 竹中 takenaka 竹本 takemoto 竹村 takemura 竹原 takehara 竹之内 takenouchi
武井 takei 武藤 mutou 武石 takeishi 立花 tachibana 橘 tachibana 立石 tateishi 立川 tachikawa 谷 tani 谷川 tanigawa 谷本 tanimoto
谷村 tanimura 谷山 taniyama 玉井 tamai 玉置 tamaki/tamaoki 玉田 tamada 玉木 tamaki 丹羽 niwa 丹野 tanno 茅野 chino 塚本 tsukamoto
塚田 tsukada 塚原 tsukahara 津田 tsuda 津村 tsumura 津久井 tsukui 辻本 tsujimoto 辻村 tsujimura 土田 tsuchida 土井 doi 土居 doi
筒井 tsutsui 堤 tsutsumi 常田 tokita/tsuneda 坪井 tsuboi 坪田 tsubota 鶴田 tsuruta 鶴岡 tsuruoka 手塚 tezuka 寺田 terada
寺島 terashima 寺本 teramoto 寺沢 terasawa 寺井 terai 寺内 terauchi 照井 terui 土肥 doi 東野 higashino/touno 徳田 tokuda
徳永 tokunaga 徳山 tokuyama 戸田 toda 戸塚 totsuka 戸川 togawa 富田 tomita 冨田 tomita 富永 tominaga 富樫 togashi 富岡 tomioka
冨永 tominaga 友田 tomoda 豊田 toyoda/toyota 豊島 toyoshima 鳥居 torii 鳥山 toriyama 直井 naoi 永田 nagata 永野 nagano 長野 nagano
長島 nagashima 長嶋 nagashima 永山 nagayama 永瀬 nagase 長尾 nagao 永島 nagashima 長沢 nagasawa 長澤 nagasawa 長谷 hase/nagatani
長谷部 hasebe 長岡 nagaoka 長瀬 nagase 長坂 nagasaka 中井 nakai 中尾 nakao 中谷 nakatani/nakaya 中沢 nakazawa 中澤 nakazawa
中原 nakahara 中本 nakamoto 中里 nakazato 中林 nakabayashi 中條 nakajou 中条 nakajou 中曽根 nakasone 中野渡 nakanowatari
中込 nakagomi 仲田 nakata 仲村 nakamura 仲宗根 nakasone 名取 natori 奈良 nara 奈良岡 naraoka 成瀬 naruse 並木 namiki 難波 nanba
新居 arai/nii 二階堂 nikaidou 西尾 nishio 西岡 nishioka 西野 nishino 西本 nishimoto 西原 nishihara 西沢 nishizawa 西澤 nishizawa
西脇 nishiwaki 西井 nishii 西島 nishijima 西園寺 saionji 庭野 niwano 沼田 numata 根岸 negishi 野上 nogami 野崎 nozaki 野沢 nozawa
野澤 nozawa 野中 nonaka 野島 nojima 野々村 nonomura 野々山 nonoyama 野原 nohara 野本 nomoto 能登 noto 則武 noritake 萩野 hagino
橋口 hashiguchi 橋爪 hashizume 橋田 hashida 羽田 haneda/hata 羽田野 hatano 波多野 hatano 畑 hata 畑中 hatanaka 秦 hata 八田 hatta
花田 hanada 花岡 hanaoka 塙 hanawa 羽生 hanyuu/habu 馬渕 mabuchi 浜口 hamaguchi 浜野 hamano 浜崎 hamasaki 濱口 hamaguchi
早坂 hayasaka 早田 hayata 早乙女 saotome 五月女 saotome 林田 hayashida 原口 haraguchi 原島 harashima 春山 haruyama 樋渡 hiwatashi
東山 higashiyama 久田 hisada 土方 hijikata 日高 hidaka 日野 hino 日野原 hinohara 日比野 hibino 日比谷 hibiya 日下部 kusakabe
日下 kusaka 平賀 hiraga 平川 hirakawa 平山 hirayama 平岡 hiraoka 平松 hiramatsu 平原 hirahara 平尾 hirao 平林 hirabayashi
平沢 hirasawa 平澤 hirasawa 広田 hirota 廣田 hirota 深沢 fukazawa 深澤 fukazawa 深田 fukada 深谷 fukaya 福岡 fukuoka 福原 fukuhara
福永 fukunaga 福山 fukuyama 福本 fukumoto 福地 fukuchi 藤岡 fujioka 藤川 fujikawa 藤沢 fujisawa 藤澤 fujisawa 藤野 fujino
藤村 fujimura 藤森 fujimori 藤島 fujishima 藤山 fujiyama 藤木 fujiki 藤崎 fujisaki 布施 fuse 船木 funaki 船橋 funabashi 舟木 funaki
不破 fuwa 別府 beppu 逸見 henmi 北条 houjou 保坂 hosaka 細川 hosokawa 細田 hosoda 細谷 hosoya 細井 hosoi 星川 hoshikawa
堀川 horikawa 堀越 horikoshi 本庄 honjou 本橋 motohashi 本村 motomura 前川 maekawa 前島 maejima 前原 maehara 前野 maeno 前山 maeyama
牧 maki 真鍋 manabe 間宮 mamiya 町田 machida 松木 matsuki 松坂 matsuzaka 松林 matsubayashi 丸田 maruta 丸尾 maruo 円谷 tsuburaya
三上 mikami 三木 miki 三島 mishima 三田 mita 三田村 mitamura 三谷 mitani 三好 miyoshi 三村 mimura 三井 mitsui 三輪 miwa 三原 mihara
三橋 mitsuhashi 三沢 misawa 三澤 misawa 三品 mishina 三瓶 sanpei 水上 mizukami 水口 mizuguchi 水島 mizushima 水谷 mizutani
水田 mizuta 水沼 mizunuma 溝口 mizoguchi 道下 michishita 皆川 minagawa 南川 minamikawa 峯岸 minegishi 峰岸 minegishi 美濃 mino
御手洗 mitarai 御子柴 mikoshiba 箕輪 minowa 宮地 miyaji 宮坂 miyasaka 宮脇 miyawaki 宮野 miyano 向井 mukai 武者小路 mushanokouji
室井 muroi 室田 murota 村木 muraki 村野 murano 村本 muramoto 村越 murakoshi 村西 muranishi 目黒 meguro 毛利 mouri 元木 motoki
本木 motoki 本山 motoyama 桃井 momoi 森井 morii 森岡 morioka 森川 morikawa 森下 morishita 森谷 moriya/moritani 守屋 moriya
森山 moriyama 森村 morimura 森永 morinaga 森脇 moriwaki 森島 morishima 諸岡 morooka 門田 kadota/monden 矢島 yajima 矢口 yaguchi
矢吹 yabuki 矢部 yabe 矢田 yada 矢田部 yatabe 八木沢 yagisawa 八木橋 yagihashi 八重樫 yaegashi 八代 yashiro 安井 yasui 安部 abe
安倍 abe 安達 adachi 足立 adachi 安西 anzai 安東 andou 安原 yasuhara 柳 yanagi 柳田 yanagida/yanagita 柳原 yanagihara 柳川 yanagawa
柳瀬 yanase 山岡 yamaoka 山川 yamakawa 山形 yamagata 山県 yamagata 山上 yamagami/yamakami 山城 yamashiro 山根 yamane 山村 yamamura
山野 yamano 山脇 yamawaki 山科 yamashina 山之内 yamanouchi 山名 yamana 山元 yamamoto 山際 yamagiwa 大和 yamato 八巻 yamaki
湯浅 yuasa 結城 yuuki 横井 yokoi 横尾 yokoo 横川 yokokawa 横手 yokote 吉井 yoshii 吉沢 yoshizawa 吉澤 yoshizawa 吉本 yoshimoto
吉永 yoshinaga 吉武 yoshitake 吉山 yoshiyama 吉成 yoshinari 𠮷田 yoshida 米田 yoneda/maita 米山 yoneyama 米倉 yonekura 米沢 yonezawa
依田 yoda 若林 wakabayashi 若松 wakamatsu 若山 wakayama 若月 wakatsuki 脇田 wakita 脇坂 wakisaka 和久井 wakui 和久田 wakuda
和泉 izumi 泉 izumi 出口 deguchi 出雲 izumo 稲垣 inagaki 稲田 inada 稲葉 inaba 稲村 inamura 乾 inui 犬飼 inukai 入江 irie
岩渕 iwabuchi 岩淵 iwabuchi 岩城 iwaki 有田 arita 有馬 arima 有賀 ariga/aruga 粟野 awano 阿久津 akutsu 明石 akashi 赤木 akagi
赤坂 akasaka 赤井 akai 赤松 akamatsu 赤羽 akabane 秋元 akimoto 秋本 akimoto 秋田 akita 秋葉 akiba 浅田 asada 浅見 asami 浅川 asakawa
浅沼 asanuma 朝倉 asakura 朝日 asahi 芦田 ashida 東田 higashida 麻生 asou 姉崎 anezaki 青山 aoyama 青柳 aoyagi 青野 aono 相沢 aizawa
相澤 aizawa 相川 aikawa 相馬 souma 相原 aihara 会田 aida 藍沢 aizawa 荒川 arakawa 荒田 arata 荒巻 aramaki 新垣 aragaki/arakaki
新川 shinkawa/arakawa 荒牧 aramaki 嵐 arashi 海老原 ebihara 海老名 ebina 海野 unno/umino 宇佐美 usami 宇都宮 utsunomiya
宇田川 udagawa 宇野 uno 宇田 uda 鵜飼 ukai 氏家 ujiie 牛島 ushijima 牛山 ushiyama 我那覇 ganaha 具志堅 gushiken 与那嶺 yonamine
与那覇 yonaha 渡嘉敷 tokashiki 比嘉 higa 玉城 tamaki/tamashiro 知念 chinen 久保寺 kubodera 加納 kanou 狩野 kanou/karino 神崎 kanzaki
木島 kijima 木暮 kogure 小暮 kogure 小木曽 kogiso 小幡 obata 小畑 obata 尾田 oda 沖 oki 沖田 okita 押田 oshida 忍海部 oshiumibe
十河部 sogoube 長曽我部 chousokabe 勅使河原 teshigawara 多田 tada 多々良 tatara 多賀 taga 手島 teshima 土岐 toki 轟 todoroki
井之上 inoue 久松 hisamatsu 久本 hisamoto 人見 hitomi 姫野 himeno 兵藤 hyoudou 平 taira 平本 hiramoto 広川 hirokawa 深井 fukai
深川 fukagawa 深見 fukami 鳴海 narumi 濱野 hamano 柿沼 kakinuma 柿崎 kakizaki 加瀬 kase 粕谷 kasuya 片平 katahira 金本 kanemoto
鴨志田 kamoshida 唐沢 karasawa 唐澤 karasawa 刈谷 kariya 川名 kawana 川津 kawazu 河上 kawakami 鬼頭 kitou 木野 kino 橋詰 hashizume
畠山 hatakeyama 蜂谷 hachiya 塩見 shiomi 重田 shigeta 重松 shigematsu 渋田 shibuta 嶋村 shimamura 嶋津 shimazu 島津 shimazu
下川 shimokawa 首藤 shutou 城戸 kido 新庄 shinjou 陣内 jinnai 末松 suematsu 須山 suyama 澤村 sawamura 沢井 sawai 澤井 sawai
仁科 nishina 二宮 ninomiya 額田 nukada 野坂 nosaka
";

/// Surnames, each with its readings.
static SURNAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut words = TABLE.split_whitespace();
    std::iter::from_fn(|| Some((words.next()?, words.next()?))).collect()
});

/// All of them, with how each may be read, divided by strokes.
pub fn surnames() -> impl Iterator<Item = (&'static str, &'static str)> {
    SURNAMES.iter().map(|(surname, readings)| (*surname, *readings))
}

/// Whether a word is a usual surname.
pub(super) fn is_surname(word: &str) -> bool {
    SURNAMES.contains_key(word)
}

#[test]
fn each_stands_once_with_its_readings() {
    let words: Vec<&str> = TABLE.split_whitespace().collect();
    assert_eq!(words.len() % 2, 0);
    for pair in words.chunks(2) {
        assert!(pair[0].chars().all(|c| c >= '\u{3005}') && pair[0].chars().count() <= 4, "{}", pair[0]);
        assert!(pair[1].chars().all(|c| c.is_ascii_lowercase() || c == '/'), "{} {}", pair[0], pair[1]);
    }
    let mut once: Vec<&str> = words.iter().step_by(2).copied().collect();
    once.sort_unstable();
    let doubled: Vec<&[&str]> = once.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
}
