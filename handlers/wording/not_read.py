"""Texts for residents where something is not read or not taken, is out of date, comes slowly, or fails."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

EDIT_SEEN: Final[Words] = {
    JA: "送ったあとに直した文は、新しい質問としては読めません。お手数ですが、もう一度送ってください。",
    EASY: "送(おく)った あとに 直(なお)した 文(ぶん)は、新(あたら)しい 質問(しつもん)として 読(よ)む ことが できません。"
    "すみませんが、もう一度(いちど) 送って ください。",
    EN: "I cannot read edits as new questions. Please send the text again.",
    HANS: "发送后修改的文字，无法作为新问题读取。麻烦您再发一次。",
    HANT: "傳送後修改的文字，無法作為新問題讀取。麻煩您再傳一次。",
    KO: "보낸 뒤에 고친 글은 새 질문으로 읽을 수 없습니다. 번거로우시겠지만 다시 보내 주세요.",
}
NO_IDENTITY_PHOTO: Final[Words] = {
    JA: "この写真は受け取っていません。職員にも渡していません。本人確認書類の番号や顔写真が、"
    "必要のない所に残らないようにするためです。\n書類の写真でしたら、この会話からご自分で消してください。"
    "画面のエラーのことでしたら、出ている文字を書いて送ってください。",
    EASY: "この 写真(しゃしん)は 受(う)け取(と)って いません。ここの 人(ひと)にも 渡(わた)して いません。"
    "本人確認(ほんにんかくにん)の 書類(しょるい)の 番号(ばんごう)や 顔(かお)の 写真を、"
    "いらない 所(ところ)に 残(のこ)さない ためです。\n"
    "書類の 写真なら、この 会話(かいわ)から 自分(じぶん)で 消(け)して ください。"
    "画面(がめん)の エラーの ことなら、出(で)て いる 文字(もじ)を 書(か)いて 送(おく)って ください。",
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
SEND_AGAIN: Final[Words] = {
    JA: "元の文はもう残っていません。お手数ですが、もう一度送ってから、このボタンを押してください。",
    EASY: "元(もと)の 文(ぶん)は、もう 残(のこ)って いません。"
    "すみませんが、もう一度(いちど) 送(おく)ってから、この ボタンを 押(お)して ください。",
    EN: "The original text is no longer here. Please send it again and then tap this button.",
    HANS: "原来的文字已经不在了。麻烦您重新发送后，再点这个按钮。",
    HANT: "原來的文字已經不在了。麻煩您重新傳送後，再點這個按鈕。",
    KO: "원래 글은 더 이상 남아 있지 않습니다. 번거로우시겠지만 다시 보내신 뒤 이 버튼을 눌러 주세요.",
}
CANNOT_READ: Final[Words] = {
    JA: "写真・ファイル・音声・スタンプは、ここでは読めません。文字で書いてください。\n"
    "本人確認の書類の写真は、送らないでください。",
    EASY: "写真(しゃしん)・ファイル・音声(おんせい)・スタンプは、ここでは 読(よ)めません。文字(もじ)で 書(か)いて ください。\n"
    "本人確認(ほんにんかくにん)の 書類(しょるい)の 写真は、送(おく)らないで ください。",
    EN: "I cannot read photos, files, voice messages or stickers. Please write in words.\n"
    "Please do not send pictures of identity documents.",
    HANS: "这里无法读取照片、文件、语音和贴图，请用文字书写。\n请不要发送身份证件的照片。",
    HANT: "這裡無法讀取照片、檔案、語音和貼圖，請用文字書寫。\n請不要傳送身分證件的照片。",
    KO: "사진, 파일, 음성, 스티커는 여기서 읽을 수 없습니다. 글로 써 주세요.\n신분증 사진은 보내지 말아 주세요.",
}
NOT_READ: Final[Words] = {
    JA: "写真やファイルは、ここでは読めないので受け取っていません。添えてあった文だけを読みました。\n"
    "本人確認の書類の写真は、送らないでください。",
    EASY: "写真(しゃしん)や ファイルは、ここでは 読(よ)めません。だから、受(う)け取(と)って いません。"
    "いっしょに 届(とど)いた 文(ぶん)だけを 読みました。\n"
    "本人確認(ほんにんかくにん)の 書類(しょるい)の 写真は、送(おく)らないで ください。",
    EN: "I cannot read photos or files and did not take it; I have read only the words that came with it.\n"
    "Please do not send pictures of identity documents.",
    HANS: "这里无法读取照片或文件，因此没有接收，只读了附带的文字。\n请不要发送身份证件的照片。",
    HANT: "這裡無法讀取照片或檔案，因此沒有接收，只讀了附帶的文字。\n請不要傳送身分證件的照片。",
    KO: "사진이나 파일은 여기서 읽을 수 없어 받지 않았고, 함께 온 글만 읽었습니다.\n신분증 사진은 보내지 말아 주세요.",
}
EMPTY: Final[Words] = {
    JA: "聞きたいことを、文字で書いて送ってください。",
    EASY: "聞(き)きたい ことを、文字(もじ)で 書(か)いて 送(おく)って ください。",
    EN: "Please write what you want to know.",
    HANS: "请用文字写下您想问的内容。",
    HANT: "請用文字寫下您想問的內容。",
    KO: "궁금한 것을 글로 써서 보내 주세요.",
}
OLD_BUTTON: Final[Words] = {
    JA: "このボタンは古くなっています。新しい一覧から選んでください。",
    EASY: "この ボタンは 古(ふる)く なりました。新(あたら)しい メニューから 選(えら)んで ください。",
    EN: "This button is out of date. Please choose from the new list.",
    HANS: "这个按钮已经过时，请从新的列表中选择。",
    HANT: "這個按鈕已經過時，請從新的清單中選擇。",
    KO: "이 버튼은 오래되었습니다. 새 목록에서 골라 주세요.",
}
ENTRY_GONE: Final[Words] = {
    JA: "この案内は内容が変わりました。新しい一覧から選ぶか、質問を書いてください。",
    EASY: "この 案内(あんない)は、内容(ないよう)が 変(か)わりました。"
    "新(あたら)しい メニューから 選(えら)ぶか、質問(しつもん)を 書(か)いて ください。",
    EN: "This item has changed. Please choose from the list or write your question.",
    HANS: "这条说明的内容已变更。请从新的列表中选择，或写下您的问题。",
    HANT: "這則說明的內容已變更。請從新的清單中選擇，或寫下您的問題。",
    KO: "이 안내는 내용이 바뀌었습니다. 새 목록에서 고르거나 질문을 써 주세요.",
}
SLOWED: Final[Words] = {
    JA: "たくさん届いたので、これから少しずつ、順番にお答えします。送り直さなくて大丈夫です。\n"
    "命の危険があるときは、待たずに{emergency}に電話してください。",
    EASY: "メッセージが たくさん 届(とど)きました。これから 少(すこ)しずつ、順番(じゅんばん)に 答(こた)えます。"
    "もう一度(いちど) 送(おく)らなくて だいじょうぶです。\n"
    "命(いのち)が あぶないときは、待(ま)たないで ください。すぐ {emergency}に 電話(でんわ)して ください。",
    EN: "You have sent a lot at once, so the answers come one by one from here on. There is no need to send anything again.\n"
    "If a life is in danger, do not wait: call {emergency}.",
    HANS: "收到的消息很多，接下来会按顺序逐条回答，不用重新发送。\n如有生命危险，请不要等待，直接拨打{emergency}。",
    HANT: "收到的訊息很多，接下來會依序逐則回答，不用重新傳送。\n如有生命危險，請不要等待，直接撥打{emergency}。",
    KO: "한꺼번에 많이 보내셔서 이제부터 차례대로 하나씩 답해 드립니다. 다시 보내지 않으셔도 됩니다.\n"
    "생명이 위험하면 기다리지 말고 {emergency}에 전화하세요.",
}
TROUBLE: Final[Words] = {
    JA: "すみません、こちらの不具合でお答えできませんでした。もう一度送ってみてください。",
    EASY: "すみません、こちらの プログラムの 問題(もんだい)で、答(こた)える ことが できませんでした。"
    "もう一度(いちど) 送(おく)って みて ください。",
    EN: "Sorry, something went wrong on our side. Please try sending it again.",
    HANS: "抱歉，由于我们这边的故障，没能回答。请再发送一次试试。",
    HANT: "抱歉，由於我們這邊的故障，沒能回答。請再傳送一次試試。",
    KO: "죄송합니다. 저희 쪽 문제로 답해 드리지 못했습니다. 다시 한번 보내 보세요.",
}
