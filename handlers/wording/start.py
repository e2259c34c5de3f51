"""Texts for residents at the beginning: greeting, menu, commands, what is recorded, languages."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

WELCOME: Final[Words] = {
    JA: "こんにちは。{facilities}の利用者登録を案内する「まどぐち」です。\n"
    "知りたいことを、そのまま書いて送ってください。下のボタンから選ぶこともできます。\n\n"
    "ここの案内は、だれが聞いても同じ文です。書いたのは人で、出典がついています。"
    "「職員に聞く」を押すと、人が答えます。",
    EASY: "こんにちは。「まどぐち」です。{facilities}を 使(つか)う 人(ひと)の 登録(とうろく)を 案内(あんない)します。\n"
    "知(し)りたい ことを、そのまま 書(か)いて 送(おく)って ください。下(した)の ボタンから 選(えら)ぶ ことも できます。\n\n"
    "ここの 案内は、だれが 聞(き)いても 同(おな)じ 文(ぶん)です。人が 書きました。"
    "どこの 情報(じょうほう)かも、いっしょに 書いて あります。「ここの ひとに きく」を 押(お)すと、人が 答(こた)えます。",
    EN: "Hello. This is Madoguchi, the help desk for registering to use {facilities}.\n"
    "Just write what you want to know, or choose below.\n\n"
    "Everyone gets the same text here, written by people, with its source. "
    "Tap “Ask a person” and a member of staff will answer.",
    HANS: "您好。这里是{facilities}用户登记的咨询窗口「Madoguchi」。请直接写下您的问题，或从下面选择。\n"
    "点「联系工作人员」，会有工作人员回答您。",
    HANT: "您好。這裡是{facilities}使用者登記的諮詢窗口「Madoguchi」。請直接寫下您的問題，或從下面選擇。\n"
    "點「聯絡職員」，會有職員回答您。",
    KO: "안녕하세요. {facilities} 이용자 등록을 안내하는 「Madoguchi」입니다. 궁금한 것을 그대로 써 주세요. "
    "아래에서 고르셔도 됩니다.\n「직원에게 문의」를 누르면 직원이 답해 드립니다.",
}
MENU: Final[Words] = {
    JA: "何について知りたいですか。",
    EASY: "何(なに)に ついて 知(し)りたいですか。",
    EN: "What would you like to know about?",
    HANS: "您想了解什么？",
    HANT: "您想了解什麼？",
    KO: "무엇에 대해 알고 싶으신가요?",
}
GROUP: Final[Words] = {
    JA: "{label}",
    EASY: "{label}",
    EN: "{label}",
    HANS: "{label}",
    HANT: "{label}",
    KO: "{label}",
}
HELP: Final[Words] = {
    JA: "質問を書いて送ると、決まった案内文でお答えします。\n\n"
    "/menu 一覧から選ぶ\n/language 言語を選ぶ (English など)\n/person 職員に聞く\n/status 順番と見込み\n/history これまでの受付\n"
    "/privacy 記録の扱い\n/mydata 保存しているものを見る\n/forget ぜんぶ消す\n/stop 取り下げる\n\n"
    "命の危険があるときは、ここではなく{emergency}に電話してください。",
    EASY: "質問(しつもん)を 書(か)いて 送(おく)って ください。決(き)まった 案内(あんない)の 文(ぶん)で 答(こた)えます。\n\n"
    "/menu メニューから 選(えら)ぶ\n"
    "/language ことばを 選ぶ (English など)\n"
    "/person ここの 人(ひと)に 聞(き)く\n"
    "/status 順番(じゅんばん)と、いつごろか\n"
    "/history これまでの 受付(うけつけ)\n"
    "/privacy 書いた ことの 使(つか)い方(かた)\n"
    "/mydata 保存(ほぞん)して いる ものを 見(み)る\n"
    "/forget ぜんぶ 消(け)す\n"
    "/stop 取(と)り消(け)す\n\n"
    "命(いのち)が あぶないときは、ここに 書かないで ください。{emergency}に 電話(でんわ)して ください。",
    EN: "Write your question and you get a fixed, sourced answer.\n\n"
    "/menu choose from a list\n/language choose a language\n/person ask a person\n/status your place in the queue\n"
    "/history your tickets\n/privacy what is kept\n/mydata see what is stored\n/forget erase it all\n/stop withdraw\n\n"
    "If a life is in danger, do not write here: call {emergency}.",
    HANS: "写下问题发送，会用固定的说明文字回答您。\n\n"
    "/menu 从列表中选择\n"
    "/language 选择语言 (English 等)\n"
    "/person 联系工作人员\n"
    "/status 排队情况和预计时间\n"
    "/history 以往的受理\n"
    "/privacy 记录的处理\n"
    "/mydata 查看保存的内容\n"
    "/forget 全部删除\n"
    "/stop 撤回\n\n"
    "如有生命危险，请不要写在这里，请拨打{emergency}。",
    HANT: "寫下問題傳送，會用固定的說明文字回答您。\n\n"
    "/menu 從清單中選擇\n"
    "/language 選擇語言 (English 等)\n"
    "/person 聯絡職員\n"
    "/status 排隊情況和預計時間\n"
    "/history 以往的受理\n"
    "/privacy 記錄的處理\n"
    "/mydata 查看保存的內容\n"
    "/forget 全部刪除\n"
    "/stop 撤回\n\n"
    "如有生命危險，請不要寫在這裡，請撥打{emergency}。",
    KO: "질문을 써서 보내시면 정해진 안내문으로 답해 드립니다.\n\n"
    "/menu 목록에서 고르기\n"
    "/language 언어 선택 (English 등)\n"
    "/person 직원에게 문의\n"
    "/status 순서와 예상 시간\n"
    "/history 지난 접수\n"
    "/privacy 기록의 취급\n"
    "/mydata 저장된 내용 보기\n"
    "/forget 모두 지우기\n"
    "/stop 취소하기\n\n"
    "생명이 위험할 때는 여기가 아니라 {emergency}에 전화해 주세요.",
}
PRIVACY: Final[Words] = {
    JA: "ここに書いたことの扱い\n\n"
    "・質問と、どの案内を出したかを記録します。職員に引き継いだときは、書いた文がそのまま職員に届きます。\n"
    "・お名前やアカウント名は、職員には見えません。見えるのは受付番号です。\n"
    "・マイナンバー、カード番号、パスワードに見えるところは、保存する前に伏せます。\n"
    "・動作の記録(ログ)には、書いた文は残りません。\n"
    "・会話は最後に使ってから{talk}日、受付とやりとりは終わってから{ticket}日で消します。\n"
    "・/mydata で保存しているものを見られます。/forget で、ここにあるものをぜんぶ消せます。\n"
    "・職員が受付を止めた人は、/forget のあとも期限までは止まったままです。そのための照合用の値だけが、期限まで残ります。\n"
    "・Telegramで使うときは、Telegramの会社にも会話が残ります。それはここからは消せません。",
    EASY: "ここに 書(か)いた ことを どう 使(つか)うか\n\n"
    "・質問(しつもん)と、どの 案内(あんない)を 出(だ)したかを 記録(きろく)します。"
    "ここの 人(ひと)に 渡(わた)したときは、書いた 文(ぶん)が そのまま 届(とど)きます。\n"
    "・名前(なまえ)や アカウントの 名前は、ここの 人には 見(み)えません。見えるのは 番号(ばんごう)です。\n"
    "・マイナンバー、カードの 番号、パスワードに 見える ところを 隠(かく)します。保存(ほぞん)する 前(まえ)に 隠します。\n"
    "・プログラムの 動(うご)きの 記録(ログ)には、書いた 文は 残(のこ)りません。\n"
    "・会話(かいわ)は、最後(さいご)に 使ってから {talk}日(にち)で 消(け)します。"
    "受付(うけつけ)と、ここの 人との 話(はなし)は、終(お)わってから {ticket}日で 消します。\n"
    "・/mydata で、保存して いる ものを 見る ことが できます。/forget で、ここに ある ものを ぜんぶ 消す ことが できます。\n"
    "・ここの 人が、だれかの 受付を 止(と)める ことが あります。"
    "その 人の 受付は、/forget の あとも 期限(きげん)まで 止まった ままです。"
    "同(おな)じ 人か 調(しら)べる ための しるしだけが、期限まで 残ります。\n"
    "・Telegramで 使うときは、Telegramの 会社(かいしゃ)にも 会話が 残ります。それは ここからは 消せません。",
    EN: "What happens to what you write\n\n"
    "- Your question and the answer given are recorded. If a person takes over, they get your words as written.\n"
    "- Staff do not see your name or account, only a ticket number.\n"
    "- What looks like a My Number, a card number or a password is masked before anything is stored.\n"
    "- Technical logs never hold your words.\n"
    "- The talk is erased {talk} days after you last used it, a ticket and its messages {ticket} days after it closed.\n"
    "- /mydata shows what is stored, /forget erases everything that is here.\n"
    "- Where staff have stopped taking somebody's messages for a time, /forget does not end that: a code to recognise them by "
    "stays until the time is over.\n"
    "- When you use Telegram, Telegram keeps its own copy of the chat, which cannot be erased from here.",
    HANS: "您在这里写的内容如何处理\n\n"
    "・会记录您的问题和给出的说明。转给工作人员时，您写的文字会原样送达。\n"
    "・工作人员看不到您的姓名和账号，只看到受理编号。\n"
    "・看起来像个人编号(My Number)、卡号、密码的内容，在保存前遮盖。\n"
    "・运行日志中不会留下您写的文字。\n"
    "・对话在最后一次使用后{talk}天删除，受理和往来内容在结束后{ticket}天删除。\n"
    "・发送 /mydata 可以查看保存的内容，发送 /forget 可以删除这里的全部内容。\n"
    "・被工作人员暂停受理的人，即使使用 /forget，到期限为止仍然暂停。为此，只有用于核对的代码会保留到期限。\n"
    "・使用Telegram时，Telegram公司也会保留对话，无法从这里删除。",
    HANT: "您在這裡寫的內容如何處理\n\n"
    "・會記錄您的問題和給出的說明。轉給職員時，您寫的文字會原樣送達。\n"
    "・職員看不到您的姓名和帳號，只看到受理編號。\n"
    "・看起來像個人編號(My Number)、卡號、密碼的內容，在儲存前遮蓋。\n"
    "・運作日誌中不會留下您寫的文字。\n"
    "・對話在最後一次使用後{talk}天刪除，受理和往來內容在結束後{ticket}天刪除。\n"
    "・傳送 /mydata 可以查看保存的內容，傳送 /forget 可以刪除這裡的全部內容。\n"
    "・被職員暫停受理的人，即使使用 /forget，到期限為止仍然暫停。為此，只有用於核對的代碼會保留到期限。\n"
    "・使用Telegram時，Telegram公司也會保留對話，無法從這裡刪除。",
    KO: "여기에 쓰신 글의 취급\n\n"
    "・질문과 어떤 안내를 드렸는지를 기록합니다. 직원에게 전달할 때는 쓰신 글이 그대로 직원에게 갑니다.\n"
    "・이름이나 계정은 직원에게 보이지 않습니다. 보이는 것은 접수번호입니다.\n"
    "・마이넘버, 카드 번호, 비밀번호로 보이는 부분은 저장하기 전에 가립니다.\n"
    "・동작 기록(로그)에는 쓰신 글이 남지 않습니다.\n"
    "・대화는 마지막으로 사용한 뒤 {talk}일, 접수와 주고받은 내용은 끝난 뒤 {ticket}일이 지나면 지웁니다.\n"
    "・/mydata 로 저장된 내용을 볼 수 있습니다. /forget 으로 여기에 있는 것을 모두 지울 수 있습니다.\n"
    "・직원이 접수를 멈춘 사람은 /forget 뒤에도 기한까지 멈춘 상태입니다. 이를 위한 대조용 값만 기한까지 남습니다.\n"
    "・Telegram을 사용하시면 Telegram 회사에도 대화가 남습니다. 그것은 여기서 지울 수 없습니다.",
}
LANGUAGE: Final[Words] = {
    JA: "どの言語でお答えしますか。\nWhich language? / 请选择语言 / 請選擇語言 / 언어를 선택하세요",
    EASY: "どの ことばで 答(こた)えますか。\nWhich language? / 请选择语言 / 請選擇語言 / 언어를 선택하세요",
    EN: "Which language?\nどの言語 / 请选择语言 / 請選擇語言 / 언어를 선택하세요",
    HANS: "您想用哪种语言？\nWhich language? / どの言語 / 請選擇語言 / 언어를 선택하세요",
    HANT: "您想用哪種語言？\nWhich language? / どの言語 / 请选择语言 / 언어를 선택하세요",
    KO: "어느 언어로 답해 드릴까요?\nWhich language? / どの言語 / 请选择语言 / 請選擇語言",
}
LANGUAGE_NAMES: Final[dict[Language, str]] = {
    JA: "日本語",
    EASY: "やさしい日本語",
    EN: "English",
    HANS: "简体中文",
    HANT: "繁體中文",
    KO: "한국어",
}
LANGUAGE_SET: Final[Words] = {
    JA: "これからは日本語でお答えします。",
    EASY: "これからは やさしい日本語(にほんご)で 答(こた)えます。まだ ないときは、ふつうの 日本語に なります。",
    EN: "I will answer in English from now on.",
    HANS: "以后用简体中文回答。还没有中文的内容会用英文。",
    HANT: "以後用繁體中文回答。還沒有中文的內容會用英文。",
    KO: "앞으로 한국어로 답합니다. 한국어 글이 아직 없는 내용은 영어로 나옵니다.",
}
FOR_STAFF: Final[Words] = {
    JA: "それは職員の指示です。ここでは使えません。",
    EASY: "それは、ここの 人(ひと)が 使(つか)う 命令(めいれい)です。ここでは 使えません。",
    EN: "That is a command for staff. It does nothing here.",
    HANS: "这是工作人员用的指令，在这里不能使用。",
    HANT: "這是職員用的指令，在這裡不能使用。",
    KO: "그것은 직원용 명령입니다. 여기서는 쓸 수 없습니다.",
}
UNKNOWN_COMMAND: Final[Words] = {
    JA: "その命令は分かりません。使えるのは次のものです。",
    EASY: "その 命令(めいれい)は わかりません。使(つか)えるのは、次(つぎ)の ものです。",
    EN: "I do not know that command. These are the ones I know.",
    HANS: "没有这个指令。可以使用的有以下这些。",
    HANT: "沒有這個指令。可以使用的有以下這些。",
    KO: "모르는 명령입니다. 쓸 수 있는 것은 다음과 같습니다.",
}
