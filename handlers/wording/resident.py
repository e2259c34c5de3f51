"""Texts for residents, other than the FAQ's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from faq.answer import Answer
from faq.content.profile import Profile
from faq.language import Language, Words, pick

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO

WELCOME: Final[Words] = {
    JA: "こんにちは。{facilities}の利用者登録を案内する「まどぐち」です。\n"
    "知りたいことを、そのまま書いて送ってください。下のボタンから選ぶこともできます。\n\n"
    "ここの案内は、だれが聞いても同じ文です。書いたのは人で、出典がついています。"
    "「職員に聞く」を押すと、人が答えます。",
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
MENU: Final[Words] = {JA: "何について知りたいですか。", EN: "What would you like to know about?"}
GROUP: Final[Words] = {JA: "{label}", EN: "{label}"}
HELP: Final[Words] = {
    JA: "質問を書いて送ると、決まった案内文でお答えします。\n\n"
    "/menu 一覧から選ぶ\n/language 言語を選ぶ (English など)\n/person 職員に聞く\n/status 順番と見込み\n/history これまでの受付\n"
    "/privacy 記録の扱い\n/mydata 保存しているものを見る\n/forget ぜんぶ消す\n/stop 取り下げる\n\n"
    "命の危険があるときは、ここではなく{emergency}に電話してください。",
    EN: "Write your question and you get a fixed, sourced answer.\n\n"
    "/menu choose from a list\n/language choose a language\n/person ask a person\n/status your place in the queue\n"
    "/history your tickets\n/privacy what is kept\n/mydata see what is stored\n/forget erase it all\n/stop withdraw\n\n"
    "If a life is in danger, do not write here: call {emergency}.",
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
}
LANGUAGE: Final[Words] = {
    JA: "どの言語でお答えしますか。\nWhich language? / 请选择语言 / 請選擇語言 / 언어를 선택하세요",
    EN: "Which language?\nどの言語 / 请选择语言 / 請選擇語言 / 언어를 선택하세요",
}
LANGUAGE_NAMES: Final[dict[Language, str]] = {
    JA: "日本語",
    Language.JA_EASY: "やさしい日本語",
    EN: "English",
    HANS: "简体中文",
    HANT: "繁體中文",
    KO: "한국어",
}
LANGUAGE_SET: Final[Words] = {
    JA: "これからは日本語でお答えします。",
    Language.JA_EASY: "これからは やさしい日本語で こたえます。まだ ないときは、ふつうの日本語に なります。",
    EN: "I will answer in English from now on.",
    HANS: "以后用简体中文回答。还没有中文的内容会用英文。",
    HANT: "以後用繁體中文回答。還沒有中文的內容會用英文。",
    KO: "앞으로 한국어로 답합니다. 한국어 글이 아직 없는 내용은 영어로 나옵니다.",
}
IN_ANOTHER_LANGUAGE: Final[dict[Language, str]] = {
    Language.JA_EASY: "この案内は、まだ やさしい日本語が ありません。ふつうの日本語で 書きます。",
    HANS: "这条说明还没有中文版，下面是英文。",
    HANT: "這則說明還沒有中文版，以下是英文。",
    KO: "이 안내는 아직 한국어가 없어 영어로 보여 드립니다.",
    EN: "This text is not available in English yet; here it is in Japanese.",
}
OFFER: Final[Words] = {
    JA: "お知りになりたいのは、どれですか。近いものを選んでください。",
    EN: "Which of these do you mean? Please choose the closest one.",
    HANS: "您想问的是下面哪一项？请选择最接近的。",
    HANT: "您想問的是下面哪一項？請選擇最接近的。",
    KO: "어떤 내용을 찾으시나요? 가장 가까운 것을 골라 주세요.",
}
REPHRASE: Final[Words] = {
    JA: "すみません、うまく見つけられませんでした。\n"
    "「団体の登録に必要な書類」のように、短く書き直していただけますか。一覧から選んだり、職員に聞いたりもできます。",
    EN: "Sorry, I could not find that.\n"
    "Could you write it in a few words, for example “documents for group registration”? "
    "You can also choose from the list or ask a person.",
    HANS: "抱歉，没有找到对应的说明。请换个简短的说法再写一次，也可以从列表中选择，或联系工作人员。",
    HANT: "抱歉，沒有找到對應的說明。請換個簡短的說法再寫一次，也可以從清單中選擇，或聯絡職員。",
    KO: "죄송합니다. 찾지 못했습니다. 짧게 다시 써 주시겠어요? 목록에서 고르거나 직원에게 물어보실 수도 있습니다.",
}
HANDOFF: Final[Words] = {
    JA: "ここの案内だけでは、お答えできないようです。職員に聞きますか。\n"
    "「職員に聞く」を押すと、書いていただいた文がそのまま届きます。同じことをもう一度話す必要はありません。",
    EN: "It seems the texts here do not answer your question. Would you like to ask a person?\n"
    "Tap “Ask a person” and staff get your words exactly as you wrote them. You will not have to say it again.",
    HANS: "这里的说明似乎回答不了您的问题。要联系工作人员吗？点「联系工作人员」，您写的内容会原样转达，不用再说一遍。",
    HANT: "這裡的說明似乎回答不了您的問題。要聯絡職員嗎？點「聯絡職員」，您寫的內容會原樣轉達，不用再說一次。",
    KO: "여기 있는 안내로는 답해 드리기 어려운 것 같습니다. 직원에게 물어보시겠어요? "
    "「직원에게 문의」를 누르면 쓰신 글이 그대로 전달됩니다.",
}
SOLVED: Final[Words] = {
    JA: "よかったです。ほかにもあれば、いつでも書いてください。",
    EN: "Glad to hear that. Write any time if there is more.",
    HANS: "太好了。还有问题随时写给我。",
    HANT: "太好了。還有問題隨時寫給我。",
    KO: "다행입니다. 더 궁금한 것이 있으면 언제든 써 주세요.",
}
NOT_SOLVED: Final[Words] = {
    JA: "解決しなかったのですね。すみません。\nくわしく書いていただくか、「職員に聞く」を押してください。"
    "これまでのやりとりは、そのまま職員に伝わります。",
    EN: "Sorry that this did not help.\nWrite a little more, or tap “Ask a person”; staff will see what was said so far.",
    HANS: "很抱歉没能解决。请再写详细一点，或点「联系工作人员」，之前的内容会一并转达。",
    HANT: "很抱歉沒能解決。請再寫詳細一點，或點「聯絡職員」，之前的內容會一併轉達。",
    KO: "도움이 되지 못해 죄송합니다. 조금 더 자세히 써 주시거나 「직원에게 문의」를 눌러 주세요.",
}
WRITE_QUESTION: Final[Words] = {
    JA: "職員に聞きたいことを書いて送ってください。書いた文が、そのまま職員に届きます。",
    EN: "Please write what you want to ask. Staff get your words exactly as written.",
    HANS: "请写下您想问的内容，会原样转达给工作人员。",
    HANT: "請寫下您想問的內容，會原樣轉達給職員。",
    KO: "직원에게 묻고 싶은 것을 써 주세요. 쓰신 그대로 전달됩니다.",
}
HANDED_OFF: Final[Words] = {
    JA: "受付番号 {ticket} で職員に引き継ぎました。\n{when}\n\n"
    "職員に届いたもの:\n「{question}」{given}\n"
    "お名前やアカウント名は、職員には見えません。\n\n書き足したいことがあれば、このまま送ってください。",
    EN: "A person will answer. Your ticket number is {ticket}.\n{when}\n\n"
    "What staff received:\n“{question}”{given}\n"
    "They do not see your name or account.\n\nIf you want to add something, just write it here.",
    HANS: "已转给工作人员，受理编号 {ticket}。\n{when}\n\n工作人员收到的内容：\n“{question}”{given}\n"
    "他们看不到您的姓名和账号。\n\n想补充的话，直接写在这里。",
    HANT: "已轉給職員，受理編號 {ticket}。\n{when}\n\n職員收到的內容：\n「{question}」{given}\n"
    "他們看不到您的姓名和帳號。\n\n想補充的話，直接寫在這裡。",
    KO: "접수번호 {ticket}(으)로 직원에게 전달했습니다.\n{when}\n\n직원에게 전달된 내용:\n“{question}”{given}\n"
    "이름과 계정은 직원에게 보이지 않습니다.\n\n덧붙일 것이 있으면 그대로 써 주세요.",
}
GIVEN_BEFORE: Final[Words] = {JA: "\nここで見た案内: {entries}", EN: "\nAnswers you have seen: {entries}"}
OPEN_NOW: Final[Words] = {
    JA: "いまは受付時間内です。順番に返事をします。",
    EN: "The desk is open now. Staff answer in turn.",
    HANS: "现在是受理时间，会按顺序回复。",
    HANT: "現在是受理時間，會依序回覆。",
    KO: "지금은 접수 시간입니다. 순서대로 답해 드립니다.",
}
OPEN_NEXT: Final[Words] = {
    JA: "次の受付は{when}です。それまでは、職員がいません。",
    EN: "The desk opens next on {when}. Nobody is there before then.",
    HANS: "下次受理时间是{when}。在那之前没有工作人员。",
    HANT: "下次受理時間是{when}。在那之前沒有職員。",
    KO: "다음 접수 시간은 {when}입니다. 그 전에는 직원이 없습니다.",
}
OPEN_UNKNOWN: Final[Words] = {
    JA: "いつ返事ができるかは、まだ分かりません。",
    EN: "We do not know yet when somebody will be there.",
}
ALREADY_OPEN: Final[Words] = {
    JA: "受付番号 {ticket} で、もう職員に引き継いでいます。\n{when}\n書き足したいことがあれば、このまま送ってください。",
    EN: "Your ticket {ticket} is already with staff.\n{when}\nIf you want to add something, just write it here.",
}
ADDED: Final[Words] = {
    JA: "✓ 受付番号 {ticket} に書き添えました。",
    EN: "✓ Added to ticket {ticket}.",
    HANS: "✓ 已添加到受理编号 {ticket}。",
    HANT: "✓ 已加到受理編號 {ticket}。",
    KO: "✓ 접수번호 {ticket}에 덧붙였습니다.",
}
EDIT_SEEN: Final[Words] = {
    JA: "送ったあとに直した文は、新しい質問としては読めません。お手数ですが、もう一度送ってください。",
    EN: "I cannot read edits as new questions. Please send the text again.",
}
FROM_STAFF: Final[Words] = {
    JA: "職員から(受付番号 {ticket}):\n\n{text}",
    EN: "From staff (ticket {ticket}):\n\n{text}",
}
CORRECTED: Final[Words] = {
    JA: "職員から、訂正です(受付番号 {ticket})。前の文は使わず、こちらをお読みください:\n\n{text}",
    EN: "A correction from staff (ticket {ticket}). Please use this instead of the earlier text:\n\n{text}",
}
ATTACHED: Final[Words] = {
    JA: "次に届くものをご覧ください。",
    EN: "Please see what follows.",
    HANS: "请看下面的内容。",
    HANT: "請看下面的內容。",
    KO: "이어서 오는 것을 봐 주세요.",
}
NO_IDENTITY_PHOTO: Final[Words] = {
    JA: "この写真は受け取っていません。職員にも渡していません。本人確認書類の番号や顔写真が、"
    "必要のない所に残らないようにするためです。\n書類の写真でしたら、この会話からご自分で消してください。"
    "画面のエラーのことでしたら、出ている文字を書いて送ってください。",
    EN: "I did not take this picture, and staff did not get it: numbers and faces on identity documents should not "
    "stay where nobody needs them.\nIf it shows a document, please delete it from this chat yourself. If it shows an "
    "error, please type what the screen says.",
    HANS: "没有接收这张图片，也没有转交给工作人员，以免身份证件的号码和照片留在不需要的地方。"
    "如果是证件，请您自己从对话中删除；如果是错误画面，请把显示的文字打出来发给我们。",
    HANT: "沒有接收這張圖片，也沒有轉交給職員，以免身分證件的號碼和照片留在不需要的地方。"
    "如果是證件，請您自己從對話中刪除；如果是錯誤畫面，請把顯示的文字打出來傳給我們。",
    KO: "이 사진은 받지 않았고 직원에게도 전하지 않았습니다. 신분증의 번호나 얼굴이 필요 없는 곳에 남지 않게 하기 위해서입니다. "
    "신분증이라면 대화에서 직접 지워 주세요. 오류 화면이라면 화면의 글자를 써서 보내 주세요.",
}
FOR_STAFF: Final[Words] = {
    JA: "それは職員の指示です。ここでは使えません。",
    EN: "That is a command for staff. It does nothing here.",
}
CLAIMED: Final[Words] = {
    JA: "受付番号 {ticket} を職員が担当します。ここからは人が答えます。",
    EN: "A member of staff has taken ticket {ticket}. From here on a person answers.",
}
RELEASED: Final[Words] = {
    JA: "受付番号 {ticket} は、次に手のあく職員を待っています。その間は、ここの案内もお答えします。",
    EN: "Ticket {ticket} is waiting for the next free member of staff. Meanwhile the bot answers too.",
}
RESOLVED: Final[Words] = {
    JA: "受付番号 {ticket} は、職員が対応を終えました。解決しましたか。\nまだのときは「まだ」を押してください。",
    EN: "Staff have finished ticket {ticket}. Is it solved?\nIf not, tap “Not yet”.",
}
SETTLED: Final[Words] = {
    JA: "受付番号 {ticket} を終わりにしました。ありがとうございました。",
    EN: "Ticket {ticket} is closed. Thank you.",
}
REOPENED: Final[Words] = {
    JA: "受付番号 {ticket} を、もう一度開きました。別の職員に見てもらいます。\n{when}\n"
    "何が足りないか、このまま書いて送ってください。",
    EN: "Ticket {ticket} is open again, and another member of staff will look at it.\n{when}\n"
    "Please write here what is missing.",
}
JOINED: Final[Words] = {
    JA: "受付番号 {ticket} に、まとめました。続きはそちらで職員が見ます。",
    EN: "This is now part of your ticket {ticket}; staff will continue there.",
}
WITHDRAWN: Final[Words] = {
    JA: "受付番号 {ticket} を取り下げました。また聞きたいときは、いつでも書いてください。",
    EN: "Ticket {ticket} is withdrawn. Write any time if you need us again.",
}
TICKET_CLOSED: Final[Words] = {
    JA: "受付番号 {ticket} は、もう終わっています。続きがあれば、新しく書いてください。",
    EN: "Ticket {ticket} is closed already. If there is more, please write it as a new question.",
}
LAPSED_CLOSED: Final[Words] = {
    JA: "受付番号 {ticket} は、しばらくお返事がなかったので終わりにしました。続きがあれば、いつでも書いてください。",
    EN: "Ticket {ticket} was closed as we heard nothing for a while. Write any time if there is more.",
}
SEND_AGAIN: Final[Words] = {
    JA: "元の文はもう残っていません。お手数ですが、もう一度送ってから、このボタンを押してください。",
    EN: "The original text is no longer here. Please send it again and then tap this button.",
}
CANNOT_READ: Final[Words] = {
    JA: "写真・ファイル・音声・スタンプは、ここでは読めません。文字で書いてください。\n"
    "本人確認の書類の写真は、送らないでください。",
    EN: "I cannot read photos, files, voice messages or stickers. Please write in words.\n"
    "Please do not send pictures of identity documents.",
    HANS: "这里无法读取照片、文件、语音和贴图，请用文字书写。\n请不要发送身份证件的照片。",
    HANT: "這裡無法讀取照片、檔案、語音和貼圖，請用文字書寫。\n請不要傳送身分證件的照片。",
    KO: "사진, 파일, 음성, 스티커는 여기서 읽을 수 없습니다. 글로 써 주세요.\n신분증 사진은 보내지 말아 주세요.",
}
NOT_READ: Final[Words] = {
    JA: "写真やファイルは、ここでは読めないので受け取っていません。添えてあった文だけを読みました。\n"
    "本人確認の書類の写真は、送らないでください。",
    EN: "I cannot read photos or files and did not take it; I have read only the words that came with it.\n"
    "Please do not send pictures of identity documents.",
    HANS: "这里无法读取照片或文件，因此没有接收，只读了附带的文字。\n请不要发送身份证件的照片。",
    HANT: "這裡無法讀取照片或檔案，因此沒有接收，只讀了附帶的文字。\n請不要傳送身分證件的照片。",
    KO: "사진이나 파일은 여기서 읽을 수 없어 받지 않았고, 함께 온 글만 읽었습니다.\n신분증 사진은 보내지 말아 주세요.",
}
EMPTY: Final[Words] = {
    JA: "聞きたいことを、文字で書いて送ってください。",
    EN: "Please write what you want to know.",
}
TOO_LONG: Final[Words] = {
    JA: "長い文なので、全部は読みきれませんでした。いちばん聞きたいことを、短く書いていただけますか。",
    EN: "That is a long text and I could not read all of it. Could you write the most important question in short?",
}
OLD_BUTTON: Final[Words] = {
    JA: "このボタンは古くなっています。新しい一覧から選んでください。",
    EN: "This button is out of date. Please choose from the new list.",
}
ENTRY_GONE: Final[Words] = {
    JA: "この案内は内容が変わりました。新しい一覧から選ぶか、質問を書いてください。",
    EN: "This item has changed. Please choose from the list or write your question.",
}
UNKNOWN_COMMAND: Final[Words] = {
    JA: "その命令は分かりません。使えるのは次のものです。",
    EN: "I do not know that command. These are the ones I know.",
}
REVIEW_OVERDUE: Final[Words] = {
    JA: "この案内は、見直しの予定日を過ぎています。念のため、窓口でも確かめてください。",
    EN: "This text is past its review date. Please check with the contact window as well.",
}
SLOWED: Final[Words] = {
    JA: "たくさん届いたので、これから少しずつ、順番にお答えします。送り直さなくて大丈夫です。\n"
    "命の危険があるときは、待たずに{emergency}に電話してください。",
    EN: "You have sent a lot at once, so the answers come one by one from here on. There is no need to send anything again.\n"
    "If a life is in danger, do not wait: call {emergency}.",
    HANS: "收到的消息很多，接下来会按顺序逐条回答，不用重新发送。\n如有生命危险，请不要等待，直接拨打{emergency}。",
    HANT: "收到的訊息很多，接下來會依序逐則回答，不用重新傳送。\n如有生命危險，請不要等待，直接撥打{emergency}。",
    KO: "한꺼번에 많이 보내셔서 이제부터 차례대로 하나씩 답해 드립니다. 다시 보내지 않으셔도 됩니다.\n"
    "생명이 위험하면 기다리지 말고 {emergency}에 전화하세요.",
}
TROUBLE: Final[Words] = {
    JA: "すみません、こちらの不具合でお答えできませんでした。もう一度送ってみてください。",
    EN: "Sorry, something went wrong on our side. Please try sending it again.",
}

BUTTON_SOLVED: Final[Words] = {JA: "解決した", EN: "Solved", HANS: "解决了", HANT: "解決了", KO: "해결됐어요"}
BUTTON_NOT_SOLVED: Final[Words] = {
    JA: "解決しない",
    EN: "Not solved",
    HANS: "没解决",
    HANT: "沒解決",
    KO: "해결 안 됨",
}
BUTTON_PERSON: Final[Words] = {
    JA: "職員に聞く",
    EN: "Ask a person",
    HANS: "联系工作人员",
    HANT: "聯絡職員",
    KO: "직원에게 문의",
}
BUTTON_MENU: Final[Words] = {JA: "一覧へ", EN: "Menu", HANS: "列表", HANT: "清單", KO: "목록"}
BUTTON_NONE: Final[Words] = {
    JA: "どれでもない",
    EN: "None of these",
    HANS: "都不是",
    HANT: "都不是",
    KO: "여기에 없음",
}
BUTTON_DONE: Final[Words] = {JA: "解決した", EN: "Solved", HANS: "解决了", HANT: "解決了", KO: "해결"}
BUTTON_NOT_YET: Final[Words] = {JA: "まだ", EN: "Not yet", HANS: "还没有", HANT: "還沒有", KO: "아직"}
BUTTON_WITHDRAW: Final[Words] = {JA: "取り下げる", EN: "Withdraw", HANS: "撤回", HANT: "撤回", KO: "취소하기"}
BUTTON_NO_REPLY: Final[Words] = {
    JA: "返信は不要",
    EN: "No reply needed",
    HANS: "不需要回复",
    HANT: "不需要回覆",
    KO: "답장 불필요",
}

_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_KO = "월화수목금토일"
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")  # fmt: skip


def say(words: Words, language: Language, town: Profile | None = None, **values: object) -> str:
    """The text in the reader's language, filled in; with the town's names where the text has any."""
    spoken_in, sentence = pick(words, language)
    return sentence.format(**(town.words(spoken_in) if town is not None else {}), **values)


def answered(answer: Answer, language: Language) -> str:
    """An entry's text with notes for the reader: shown in another language, or a review is due."""
    lines = [answer.text]
    if answer.language is not language and language in IN_ANOTHER_LANGUAGE:
        lines.insert(0, IN_ANOTHER_LANGUAGE[language])
    if answer.review_overdue:
        lines.append(say(REVIEW_OVERDUE, language))
    return "\n\n".join(lines)


def _city(when: datetime) -> str:
    return str(when.tzinfo).rpartition("/")[2].replace("_", " ")


def moment(when: datetime, language: Language) -> str:
    """A date and time as people write it: 11月24日(火) 9:00."""
    clock = f"{when.hour}:{when.minute:02d}"
    if language in (JA, Language.JA_EASY):
        return f"{when.month}月{when.day}日({_WEEKDAYS_JA[when.weekday()]}) {clock}"
    if language in (HANS, HANT):
        return f"{when.month}月{when.day}日(星期{_WEEKDAYS_ZH[when.weekday()]}) {clock}"
    if language is KO:
        return f"{when.month}월 {when.day}일({_WEEKDAYS_KO[when.weekday()]}) {clock}"
    return f"{_WEEKDAYS_EN[when.weekday()]} {when.day} {_MONTHS_EN[when.month - 1]}, {clock} ({_city(when)} time)"


def expectation(
    opens: datetime | None, is_open: bool, language: Language, closures: Sequence[Mapping[Language, str]] = ()
) -> str:
    """When the desk opens, promising no more than the calendar knows; ``closures`` are reasons why not before."""
    if is_open:
        return say(OPEN_NOW, language)
    when = (
        say(OPEN_UNKNOWN, language)
        if opens is None
        else say(OPEN_NEXT, language, when=moment(opens, language))
    )
    return "\n".join([when, *dict.fromkeys(pick(why, language)[1] for why in closures if why)])
