<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AlarmPanel</name>
    <message>
        <source>F7  Old label destroyed</source>
        <translation>F7  旧标签已销毁</translation>
    </message>
</context>
<context>
    <name>AwaitedPane</name>
    <message>
        <source>Scan it later: it stays open</source>
        <translation>稍后再扫：此标签保持未结</translation>
    </message>
    <message>
        <source>Stick on the label that says {label}, then scan it.</source>
        <translation>贴上标有 {label} 的标签，然后扫描。</translation>
    </message>
    <message>
        <source>Scan label</source>
        <translation>扫描标签</translation>
    </message>
    <message>
        <source>1. Take the old label {serial} off, or make its code unreadable, and destroy it.</source>
        <translation>1. 取下旧标签 {serial}（或使其码无法读取）并销毁。</translation>
    </message>
    <message>
        <source>2. Stick on the new one. It says {label}.</source>
        <translation>2. 贴上新标签，上面标有 {label}。</translation>
    </message>
    <message>
        <source>3. Scan its code, and then the small code beside it: both labels say the same otherwise.</source>
        <translation>3. 先扫它的码，再扫旁边的小码：否则两张标签内容相同，无法区分。</translation>
    </message>
    <message>
        <source>3. Scan its code.</source>
        <translation>3. 扫它的码。</translation>
    </message>
</context>
<context>
    <name>Band</name>
    <message>
        <source>Opening</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>The station is starting.</source>
        <translation>工位正在启动。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Scan the next device&apos;s code.</source>
        <translation>请扫描下一台设备的条码。</translation>
    </message>
    <message>
        <source>Plug in the next device, or scan its code.</source>
        <translation>请插上下一台设备，或扫描其条码。</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Its label is ready; that of slot {slot} comes first.</source>
        <translation>标签已备好，先等槽位 {slot} 的标签完成。</translation>
    </message>
    <message>
        <source>Scan label</source>
        <translation>扫描标签</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>已打印</translation>
    </message>
    <message>
        <source>The printer reports the label out; not scanned back, so not verified.</source>
        <translation>打印机报告标签已打出；没有回扫，因此未核对。</translation>
    </message>
    <message>
        <source>New ribbon</source>
        <translation>新碳带</translation>
    </message>
    <message>
        <source>New roll</source>
        <translation>新标签卷</translation>
    </message>
    <message>
        <source>Put in a new ribbon, then press F9 twice.</source>
        <translation>请装入新碳带，然后按两次 F9。</translation>
    </message>
    <message>
        <source>Put in a new roll, then press F9 twice.</source>
        <translation>请装入新标签卷，然后按两次 F9。</translation>
    </message>
    <message>
        <source>The station tries again by itself in {seconds} s. F5: now.</source>
        <translation>{seconds} 秒后工位自动重试。F5：立即重试。</translation>
    </message>
    <message>
        <source>The QR service asked for a pause. It is asked again in {seconds} s.</source>
        <translation>二维码服务要求暂停，{seconds} 秒后再次请求。</translation>
    </message>
    <message>
        <source>See below what happened and what to do.</source>
        <translation>发生了什么、怎么办，见下方说明。</translation>
    </message>
    <message>
        <source>Reading who the device is.</source>
        <translation>正在读取设备身份。</translation>
    </message>
    <message>
        <source>Stick the label on this device, then scan it.</source>
        <translation>请把标签贴到这台设备上，然后扫描。</translation>
    </message>
    <message>
        <source>Use only the label marked {mark}, destroy any other. Then scan it.</source>
        <translation>只用印有 {mark} 的标签，销毁其他的。然后扫描它。</translation>
    </message>
    <message>
        <source>The next scan is judged on the codes page, not by the line. Still {seconds} s.</source>
        <translation>下一次扫码只在二维码页面判断，产线不处理。还剩 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Scans open records on this page, not at the line.</source>
        <translation>扫码在本页打开记录，不进入产线。</translation>
    </message>
    <message>
        <source>Line: {word}</source>
        <translation>产线：{word}</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>质检台</translation>
    </message>
    <message>
        <source>{old} of {device} is voided: take it off and destroy it. Good is only {good}.</source>
        <translation>{device} 的 {old} 已作废：取下并销毁。只有 {good} 有效。</translation>
    </message>
    <message>
        <source>{old} of {device} is voided: take it off and destroy it. None is good now.</source>
        <translation>{device} 的 {old} 已作废：取下并销毁。目前没有有效标签。</translation>
    </message>
    <message>
        <source>Old label</source>
        <translation>旧标签</translation>
    </message>
    <message>
        <source>Old {old} and good {good} say the same. Scan the small code: it must say {good}.</source>
        <translation>作废的 {old} 与 {good} 内容相同。扫小码：须为 {good}。</translation>
    </message>
    <message>
        <source>The label of {device} may be the voided {old}. Scan the small code beside it.</source>
        <translation>{device} 的标签可能是已作废的 {old}。请扫旁边的小码。</translation>
    </message>
    <message>
        <source>Old label?</source>
        <translation>是旧标签吗？</translation>
    </message>
    <message>
        <source>Put the next device into a free slot.</source>
        <translation>请把下一台设备放入空闲槽位。</translation>
    </message>
    <message>
        <source>{number}: {word}</source>
        <translation>{number}：{word}</translation>
    </message>
    <message>
        <source>Stick only the label marked {mark} on the device in slot {slot}, then scan it.</source>
        <translation>只把标有 {mark} 的标签贴到槽位 {slot} 的设备上，然后扫描。</translation>
    </message>
    <message>
        <source>Stick the label on the device in slot {slot}, then scan it.</source>
        <translation>把标签贴到槽位 {slot} 的设备上，然后扫描。</translation>
    </message>
    <message>
        <source>This label is not that of the device in slot {slot}. See below.</source>
        <translation>这张标签不属于槽位 {slot} 的设备。见下方说明。</translation>
    </message>
    <message>
        <source>Slot {slot}: did the label come out? Scan it. If not, press F8 twice.</source>
        <translation>槽位 {slot}：标签打印出来了吗？请扫描。没有则按两次 F8。</translation>
    </message>
    <message>
        <source>The label carries this device&apos;s code. Take the device out of slot {slot}.</source>
        <translation>标签与设备一致。请从槽位 {slot} 取出设备。</translation>
    </message>
    <message>
        <source>The label carries this device&apos;s code.</source>
        <translation>标签内容与设备一致。</translation>
    </message>
    <message>
        <source>The label carries this device&apos;s code. Unplug the device.</source>
        <translation>标签内容与设备一致。请拔下设备。</translation>
    </message>
    <message>
        <source>Check label</source>
        <translation>查看标签</translation>
    </message>
    <message>
        <source>Did the label come out? Scan it. If not, press F8 twice.</source>
        <translation>标签出来了吗？请扫描；若没有，请按两次 F8。</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>Sent to the printer; not scanned back, so not verified.</source>
        <translation>已送打印机；未回扫，因此不算已核对。</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Wrong label</source>
        <translation>标签不对</translation>
    </message>
    <message>
        <source>This label is not this device&apos;s. See below.</source>
        <translation>这张标签不属于这台设备，见下方说明。</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>The station tries again by itself. F5: now.</source>
        <translation>工位会自动重试。按 F5 立即重试。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>The line has ended. Open the station again.</source>
        <translation>产线已结束，请重新打开工位。</translation>
    </message>
    <message>
        <source>Getting the code.</source>
        <translation>正在获取二维码。</translation>
    </message>
    <message>
        <source>Drawing the label.</source>
        <translation>正在绘制标签。</translation>
    </message>
    <message>
        <source>Printing the label.</source>
        <translation>正在打印标签。</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>请取出</translation>
    </message>
</context>
<context>
    <name>BatchPane</name>
    <message>
        <source>on {printer}</source>
        <translation>在 {printer} 上</translation>
    </message>
    <message>
        <source>order {order}</source>
        <translation>工单 {order}</translation>
    </message>
    <message>
        <source>Pausing after this label</source>
        <translation>打完这张后暂停</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>取消剩余</translation>
    </message>
    <message>
        <source>Press again: cancel</source>
        <translation>再按一次：取消</translation>
    </message>
    <message>
        <source>Go on with {printer}</source>
        <translation>在 {printer} 上继续</translation>
    </message>
    <message>
        <source>went out</source>
        <translation>已打出</translation>
    </message>
    <message>
        <source>left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>had a label</source>
        <translation>已有标签</translation>
    </message>
    <message>
        <source>got none</source>
        <translation>未贴标</translation>
    </message>
    <message>
        <source>{number} labels a minute</source>
        <translation>每分钟 {number} 张</translation>
    </message>
    <message>
        <source>minutes left: about {number}</source>
        <translation>大约还需 {number} 分钟</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>This batch waits for “Go on”.</source>
        <translation>本批次等待按“继续”。</translation>
    </message>
    <message>
        <source>Labels come out in the order of the list.</source>
        <translation>标签按清单顺序打出。</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing more of it is printed.</source>
        <translation>已取消，不再打印。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Some devices got no label: the records say why.</source>
        <translation>有些设备没有标签，原因见记录。</translation>
    </message>
    <message>
        <source>It goes on where it stopped, and prints nothing twice.</source>
        <translation>从停下处继续，不会重复打印。</translation>
    </message>
    <message>
        <source>Reason: {code}.</source>
        <translation>原因：{code}。</translation>
    </message>
</context>
<context>
    <name>CheckingPane</name>
    <message>
        <source>Looking through it.</source>
        <translation>正在检查。</translation>
    </message>
    <message>
        <source>Lines so far: {number}</source>
        <translation>已检查 {number} 行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ChooseListPane</name>
    <message>
        <source>Labels for a list</source>
        <translation>按清单打印标签</translation>
    </message>
    <message>
        <source>Drop a file here, pick one below, paste, or type a range.</source>
        <translation>把文件拖到这里，或从下面选择、粘贴、输入范围。</translation>
    </message>
    <message>
        <source>You see every line before anything is printed.</source>
        <translation>打印前会列出每一行。</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Paste  (Ctrl+V)</source>
        <translation>粘贴  (Ctrl+V)</translation>
    </message>
    <message>
        <source>A range, or a few</source>
        <translation>一个范围，或几个标识</translation>
    </message>
    <message>
        <source>A file or folder by its path</source>
        <translation>文件或文件夹的路径</translation>
    </message>
    <message>
        <source>XLSX, CSV or plain text</source>
        <translation>XLSX、CSV 或纯文本</translation>
    </message>
    <message>
        <source>Look through</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Look through the range</source>
        <translation>检查该范围</translation>
    </message>
    <message>
        <source>Look through the file</source>
        <translation>检查该文件</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Lists in {folder}</source>
        <translation>{folder} 中的清单</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>No XLSX, CSV, TSV or TXT file is there.</source>
        <translation>那里没有 XLSX、CSV、TSV 或 TXT 文件。</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>剪贴板</translation>
    </message>
</context>
<context>
    <name>Codes</name>
    <message>
        <source>This product&apos;s codes are made here: there is nothing to fetch.</source>
        <translation>此产品的码在本机生成：无需获取。</translation>
    </message>
    <message>
        <source>The settings name no work order.</source>
        <translation>设置中没有工单。</translation>
    </message>
    <message>
        <source>Order {order}: every device has its label.</source>
        <translation>工单 {order}：所有设备都已有标签。</translation>
    </message>
    <message>
        <source>Order {order}: devices without a code: {missing} of {wanted}.</source>
        <translation>工单 {order}：{wanted} 台设备中有 {missing} 台还没有码。</translation>
    </message>
    <message>
        <source>Order {order}: every device has its code ({wanted}).</source>
        <translation>工单 {order}：{wanted} 台设备都已有码。</translation>
    </message>
    <message>
        <source>Codes of a sandbox: {number}. Their labels will carry TEST.</source>
        <translation>来自沙箱的码：{number} 个。其标签将印有 TEST。</translation>
    </message>
    <message>
        <source>Devices that may still register: {left} of {registered}.</source>
        <translation>还可注册的设备：{left} / {registered} 台。</translation>
    </message>
    <message>
        <source>Devices without a code: {missing} of {wanted}. Codes page: Ctrl+5.</source>
        <translation>{wanted} 台设备中有 {missing} 台还没有码。二维码页：Ctrl+5。</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>未加密</translation>
    </message>
    <message>
        <source>Fetch ahead</source>
        <translation>提前获取</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Judge a code</source>
        <translation>判断一个码</translation>
    </message>
    <message>
        <source>import, export</source>
        <translation>导入、导出</translation>
    </message>
    <message>
        <source>what the App makes of it</source>
        <translation>App 会怎样处理它</translation>
    </message>
    <message>
        <source>{number} missing</source>
        <translation>缺 {number} 个</translation>
    </message>
    <message>
        <source>codes of a range</source>
        <translation>按号段获取</translation>
    </message>
    <message>
        <source>for the work order</source>
        <translation>按工单</translation>
    </message>
    <message>
        <source>fetching</source>
        <translation>获取中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>show</source>
        <translation>点按查看</translation>
    </message>
    <message>
        <source>Fetch {number}</source>
        <translation>获取任务 {number}</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手工导入</translation>
    </message>
    <message>
        <source>Devices: {number}</source>
        <translation>{number} 台设备</translation>
    </message>
    <message>
        <source>Devices that still need a label: {wanted}. Only {left} may still register: the line stops after {left}.</source>
        <translation>还需贴标的设备：{wanted} 台，只有 {left} 台还可注册：产线将在 {left} 台后停下。</translation>
    </message>
    <message>
        <source>Its label carries TEST: it is for trying out, and for no customer.</source>
        <translation>其标签印有 TEST：仅供试用，不得交给客户。</translation>
    </message>
    <message>
        <source>TEST: a sandbox issued this code. The App binds nothing with it.</source>
        <translation>TEST：此码由沙箱签发，App 不能用它绑定。</translation>
    </message>
    <message>
        <source>Its label is for trying out only.</source>
        <translation>其标签仅供试用。</translation>
    </message>
    <message>
        <source>The App binds by this content, if the Gizwits service issued it.</source>
        <translation>如果此内容由机智云服务签发，App 可凭它绑定。</translation>
    </message>
    <message>
        <source>Nobody can see that from outside: prove it by binding.</source>
        <translation>从外观无法看出：请用实际绑定验证。</translation>
    </message>
    <message>
        <source>The Gizwits App makes nothing of it: this product&apos;s own App reads it.</source>
        <translation>机智云 App 不识别它：由此产品自己的 App 读取。</translation>
    </message>
    <message>
        <source>A sharing invitation: the App takes over somebody&apos;s device, and binds none.</source>
        <translation>这是分享邀请：App 会接受他人分享的设备，不会绑定新设备。</translation>
    </message>
    <message>
        <source>No label may say this.</source>
        <translation>标签上不得印有此内容。</translation>
    </message>
    <message>
        <source>The App binds nothing with it.</source>
        <translation>App 无法用它绑定任何设备。</translation>
    </message>
    <message>
        <source>A label that says this is of no use.</source>
        <translation>印有此内容的标签没有用。</translation>
    </message>
    <message>
        <source>A binding link that lacks its {parts}: the App cannot bind by it.</source>
        <translation>绑定链接缺少 {parts}：App 无法凭它绑定。</translation>
    </message>
    <message>
        <source>The App binds by this link, but a device of another product.</source>
        <translation>App 可凭此链接绑定，但绑定的是另一产品的设备。</translation>
    </message>
    <message>
        <source>It is no label of this station&apos;s product.</source>
        <translation>这不是本工位产品的标签。</translation>
    </message>
    <message>
        <source>The App binds by this link: did and passcode are in it.</source>
        <translation>App 可凭此链接绑定：其中有 did 和 passcode。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Bind</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>读回</translation>
    </message>
    <message>
        <source>Unbind</source>
        <translation>解绑</translation>
    </message>
    <message>
        <source>Binds</source>
        <translation>可以绑定</translation>
    </message>
    <message>
        <source>Other device</source>
        <translation>另一台设备</translation>
    </message>
    <message>
        <source>Does not bind</source>
        <translation>不能绑定</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>Sandbox: {verdict}</source>
        <translation>沙箱：{verdict}</translation>
    </message>
    <message>
        <source>The cloud named {mac}. Compare it with the device.</source>
        <translation>云端返回 {mac}。请与设备核对。</translation>
    </message>
    <message>
        <source>The cloud named {mac}, this very device.</source>
        <translation>云端返回 {mac}，正是这台设备。</translation>
    </message>
</context>
<context>
    <name>CodesFetchPane</name>
    <message>
        <source>Codes for order {order}</source>
        <translation>工单 {order} 的码</translation>
    </message>
    <message>
        <source>Codes fetched ahead</source>
        <translation>提前获取的码</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Looking for what is missing: {done} of {total}</source>
        <translation>正在查找缺少的码：{done}/{total}</translation>
    </message>
    <message>
        <source>Fetch the missing code</source>
        <translation>获取缺少的码</translation>
    </message>
    <message>
        <source>Fetch the {number} missing codes</source>
        <translation>获取缺少的 {number} 个码</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>没有缺口</translation>
    </message>
    <message>
        <source>Or the codes of a range, or a few</source>
        <translation>或者获取一个或几个号段的码</translation>
    </message>
    <message>
        <source>The codes of a range, or a few</source>
        <translation>获取一个或几个号段的码</translation>
    </message>
    <message>
        <source>Fetch these</source>
        <translation>获取这些</translation>
    </message>
    <message>
        <source>and more gaps after these</source>
        <translation>以及后面的缺口</translation>
    </message>
    <message>
        <source>Gaps: devices without a code</source>
        <translation>缺口：没有码的设备</translation>
    </message>
    <message>
        <source>From … to</source>
        <translation>起 … 止</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>台数</translation>
    </message>
    <message>
        <source>Where the codes came from (a sandbox&apos;s: TEST)</source>
        <translation>码的来源（沙箱的码：TEST）</translation>
    </message>
    <message>
        <source>Where the codes came from</source>
        <translation>码的来源</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Zip</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>码数</translation>
    </message>
</context>
<context>
    <name>CodesFetchView</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>取消获取</translation>
    </message>
    <message>
        <source>Press again: cancel</source>
        <translation>再按一次：取消</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Another program fetches these codes.</source>
        <translation>另一个程序正在获取这些码。</translation>
    </message>
    <message>
        <source>It is paused or cancelled there.</source>
        <translation>请在那个程序中暂停或取消。</translation>
    </message>
    <message>
        <source>It goes on by itself in {seconds} s.</source>
        <translation>{seconds} 秒后自动继续。</translation>
    </message>
    <message>
        <source>The service asked for this pause.</source>
        <translation>服务要求暂停。</translation>
    </message>
    <message>
        <source>Codes are on their way. The line goes on meanwhile.</source>
        <translation>正在获取码，产线可同时工作。</translation>
    </message>
    <message>
        <source>Task: {task}</source>
        <translation>任务：{task}</translation>
    </message>
    <message>
        <source>This fetch waits for “Go on”.</source>
        <translation>此获取等待按“继续”。</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>Cancelled. What it brought stays in the pool.</source>
        <translation>已取消。已取得的码保留在码池中。</translation>
    </message>
    <message>
        <source>Devices that got none: {number}. See the gaps.</source>
        <translation>有 {number} 台设备没有取得码：请看缺口。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Done. The line needs no network for these.</source>
        <translation>已完成。这些设备无需网络即可生产。</translation>
    </message>
    <message>
        <source>It goes on where it stopped, and fetches nothing twice.</source>
        <translation>会从停下处继续，不会重复获取。</translation>
    </message>
    <message>
        <source>Reason: {code}.</source>
        <translation>原因：{code}。</translation>
    </message>
</context>
<context>
    <name>CodesFiled</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新码</translation>
    </message>
    <message>
        <source>were there already</source>
        <translation>已在码池</translation>
    </message>
    <message>
        <source>kept their other code</source>
        <translation>保留原有的码</translation>
    </message>
    <message>
        <source>gave no code</source>
        <translation>没有读出码</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Codes written into {file}: {number}.</source>
        <translation>已将 {number} 个码写入 {file}。</translation>
    </message>
    <message>
        <source>Keep the file where only the factory can read it: whoever has a code can bind its device.</source>
        <translation>请把文件保存在只有工厂能读取的地方：有码的人就能绑定设备。</translation>
    </message>
    <message>
        <source>Ended: nothing was taken or written.</source>
        <translation>已结束：没有取入或写出任何码。</translation>
    </message>
    <message>
        <source>Stopped. What was taken by then stays in the pool.</source>
        <translation>已停止。已取入的码保留在码池中。</translation>
    </message>
    <message>
        <source>{file} is in the pool.</source>
        <translation>{file} 已进入码池。</translation>
    </message>
    <message>
        <source>These keep the code that they had, so that no device has two: {devices}</source>
        <translation>以下设备保留原有的码，以免一台设备有两个码：{devices}</translation>
    </message>
</context>
<context>
    <name>CodesFilesPane</name>
    <message>
        <source>Codes in files</source>
        <translation>文件中的码</translation>
    </message>
    <message>
        <source>Drop a zip or a pool file here, or pick one: all of it is checked before any code is taken.</source>
        <translation>把压缩包或码池文件拖到这里，或选一个：全部检查后才取入。</translation>
    </message>
    <message>
        <source>A zip or pool file by its path, or a folder</source>
        <translation>压缩包或码池文件的路径，或文件夹</translation>
    </message>
    <message>
        <source>Write this station&apos;s pool into a file</source>
        <translation>把本工位的码池写入文件</translation>
    </message>
    <message>
        <source>for another station or a laptop</source>
        <translation>供另一工位或笔记本电脑使用</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import the file</source>
        <translation>导入此文件</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export the pool</source>
        <translation>导出码池</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再看一次</translation>
    </message>
    <message>
        <source>Files in {folder}</source>
        <translation>{folder} 中的文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>No zip, pool file or picture is there.</source>
        <translation>没有压缩包、码池文件或图片。</translation>
    </message>
    <message>
        <source>judge this picture</source>
        <translation>判断此图片</translation>
    </message>
    <message>
        <source>import</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>CodesJudgePane</name>
    <message>
        <source>What the App would make of a code</source>
        <translation>App 会怎样处理一个码</translation>
    </message>
    <message>
        <source>Another code</source>
        <translation>另一个码</translation>
    </message>
    <message>
        <source>Or a code&apos;s text, typed or pasted</source>
        <translation>或者输入、粘贴码的内容</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Judge the text</source>
        <translation>判断此内容</translation>
    </message>
    <message>
        <source>Or a picture of a code</source>
        <translation>或者选一张码的图片</translation>
    </message>
    <message>
        <source>No picture is in the folder. The page “Files” shows where it looks.</source>
        <translation>文件夹中没有图片。“文件”一栏显示所看的文件夹。</translation>
    </message>
    <message>
        <source>Scan it now: {seconds} s   (Esc: leave it)</source>
        <translation>请现在扫码：{seconds} 秒   （Esc：放弃）</translation>
    </message>
    <message>
        <source>Judge the next scan</source>
        <translation>判断下一次扫码</translation>
    </message>
    <message>
        <source>The next scan is judged here, and the line does not see it.</source>
        <translation>下一次扫码在这里判断，产线不会收到。</translation>
    </message>
    <message>
        <source>This one scan only.</source>
        <translation>仅此一次。</translation>
    </message>
    <message>
        <source>A scanner on a port of its own still goes to the line.</source>
        <translation>独立端口上的扫码枪仍然发给产线。</translation>
    </message>
    <message>
        <source>The label of slot {slot} waits for its scan: scan that first.</source>
        <translation>{slot} 号位的标签在等待扫码：请先扫它。</translation>
    </message>
    <message>
        <source>No scan is taken from the line meanwhile.</source>
        <translation>此期间所有扫码都给产线。</translation>
    </message>
</context>
<context>
    <name>CodesJudged</name>
    <message>
        <source>The device that it should bind</source>
        <translation>应绑定的设备</translation>
    </message>
    <message>
        <source>empty: whichever it binds is shown</source>
        <translation>留空：显示实际绑定的设备</translation>
    </message>
    <message>
        <source>Prove by binding</source>
        <translation>用绑定验证</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>No code was found.</source>
        <translation>没有找到码。</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Records and pool know this code for different devices.</source>
        <translation>记录与码池中此码属于不同的设备。</translation>
    </message>
    <message>
        <source>Do not use the label. Call the lead.</source>
        <translation>不要使用此标签，请叫线长。</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>{did}  (passcode hidden)</source>
        <translation>{did}  （passcode 不显示）</translation>
    </message>
    <message>
        <source>Product key</source>
        <translation>产品标识</translation>
    </message>
    <message>
        <source>did</source>
        <translation>did</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>a scan, or typed</source>
        <translation>扫码或输入</translation>
    </message>
    <message>
        <source>In the records</source>
        <translation>记录中</translation>
    </message>
    <message>
        <source>In the pool</source>
        <translation>码池中</translation>
    </message>
    <message>
        <source>not known: {why}</source>
        <translation>不清楚：{why}</translation>
    </message>
    <message>
        <source>no</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>no label says this</source>
        <translation>没有标签印有此内容</translation>
    </message>
    <message>
        <source>from the sandbox</source>
        <translation>来自沙箱</translation>
    </message>
</context>
<context>
    <name>CodesPage</name>
    <message>
        <source>Codes</source>
        <translation>二维码</translation>
    </message>
    <message>
        <source>What to do with codes</source>
        <translation>码的操作</translation>
    </message>
    <message>
        <source>Fetches that are not finished</source>
        <translation>未完成的获取</translation>
    </message>
</context>
<context>
    <name>CodesProof</name>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
</context>
<context>
    <name>CodesSummary</name>
    <message>
        <source>Codes in the pool</source>
        <translation>码池中的码</translation>
    </message>
</context>
<context>
    <name>CorrectionForm</name>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>say why</source>
        <translation>请说明原因</translation>
    </message>
    <message>
        <source>Replaced so far: {made}. One person alone may replace it {limit} times.</source>
        <translation>已补打 {made} 次。一个人最多可单独补打 {limit} 次。</translation>
    </message>
    <message>
        <source>This label is voided, and the device has no other.</source>
        <translation>此标签已作废，设备没有其他标签。</translation>
    </message>
    <message>
        <source>Print it again as {mark}</source>
        <translation>补打为 {mark}</translation>
    </message>
    <message>
        <source>Void it</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Press again: void</source>
        <translation>再按一次：作废</translation>
    </message>
    <message>
        <source>You may not replace labels. Ask QA or the line lead.</source>
        <translation>您无权补打标签。请找质检或线长。</translation>
    </message>
    <message>
        <source>Working …</source>
        <translation>正在处理……</translation>
    </message>
    <message>
        <source>Choose why.</source>
        <translation>请选择原因。</translation>
    </message>
    <message>
        <source>Say why in the remark.</source>
        <translation>请在备注中说明原因。</translation>
    </message>
    <message>
        <source>A second person has to agree before it is printed again.</source>
        <translation>补打前须由另一人同意。</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>The station is not open: its own page says why.</source>
        <translation>工位没有打开，原因见“工位”页。</translation>
    </message>
    <message>
        <source>The station is opening.</source>
        <translation>工位正在启动。</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>from the next start on</source>
        <translation>下次启动生效</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Slot {slot}</source>
        <translation>槽位 {slot}</translation>
    </message>
    <message>
        <source>own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>by serial number {text}</source>
        <translation>按序列号 {text}</translation>
    </message>
    <message>
        <source>by place {text}</source>
        <translation>按位置 {text}</translation>
    </message>
    <message>
        <source>only by path, may change</source>
        <translation>仅按路径，可能会变</translation>
    </message>
    <message>
        <source>Try all that may fit</source>
        <translation>逐一尝试可能的方式</translation>
    </message>
    <message>
        <source>no port: its devices are scanned</source>
        <translation>无串口：设备靠扫码识别</translation>
    </message>
    <message>
        <source>The adapter is on the device&apos;s cable: its port goes when the device is taken out.</source>
        <translation>转接器装在设备线缆上：取出设备，串口随之消失。</translation>
    </message>
    <message>
        <source>The adapter is built into the jig: the device has left when nobody answers any more.</source>
        <translation>转接器装在治具里：不再应答即表示设备已取出。</translation>
    </message>
    <message>
        <source>Port goes</source>
        <translation>串口消失</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>不再应答</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Slots of this station</source>
        <translation>本工位的槽位</translation>
    </message>
    <message>
        <source>One more: choose its port below, then press {number} (new).</source>
        <translation>增加槽位：在下方选串口，再按“{number}（新）”。</translation>
    </message>
    <message>
        <source>Ports that are plugged in</source>
        <translation>已插入的串口</translation>
    </message>
    <message>
        <source>None. What is plugged in appears here by itself.</source>
        <translation>没有。插入后会自动出现在这里。</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Changes count when the station is opened again.</source>
        <translation>更改在下次打开工位时生效。</translation>
    </message>
</context>
<context>
    <name>EditorFields</name>
    <message>
        <source>mm</source>
        <translation>毫米</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Ask for its state</source>
        <translation>询问状态</translation>
    </message>
    <message>
        <source>Label width</source>
        <translation>标签宽度</translation>
    </message>
    <message>
        <source>Label height</source>
        <translation>标签高度</translation>
    </message>
    <message>
        <source>Labels are told apart by</source>
        <translation>标签定位方式</translation>
    </message>
    <message>
        <source>Gap or mark</source>
        <translation>间隙或黑标</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Darkness</source>
        <translation>浓度</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>inch/s</source>
        <translation>英寸/秒</translation>
    </message>
    <message>
        <source>Turned</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Graphic</source>
        <translation>图形编码</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>as template</source>
        <translation>按模板</translation>
    </message>
    <message>
        <source>printer&apos;s own</source>
        <translation>打印机自身设置</translation>
    </message>
    <message>
        <source>Quarter turn</source>
        <translation>旋转 90°</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>{number} bytes taken</source>
        <translation>已接收 {number} 字节</translation>
    </message>
    <message>
        <source>scanned at {station} although it is voided</source>
        <translation>已作废，却在 {station} 被扫到</translation>
    </message>
    <message>
        <source>to the printer {printer}</source>
        <translation>送往打印机 {printer}</translation>
    </message>
    <message>
        <source>scanned back</source>
        <translation>已回扫</translation>
    </message>
    <message>
        <source>both codes scanned back</source>
        <translation>两个码都已回扫</translation>
    </message>
    <message>
        <source>scanned back; a voided label says the same</source>
        <translation>已回扫；有一张作废标签内容相同</translation>
    </message>
    <message>
        <source>found: its serial and its code were named</source>
        <translation>已找到：报出了序号和内容</translation>
    </message>
    <message>
        <source>no usable label came out</source>
        <translation>没有打出可用的标签</translation>
    </message>
    <message>
        <source>never sent</source>
        <translation>从未发送</translation>
    </message>
    <message>
        <source>the station ended before it was sent</source>
        <translation>发送前工位已退出</translation>
    </message>
    <message>
        <source>the station ended while it was sent</source>
        <translation>发送时工位退出</translation>
    </message>
    <message>
        <source>the station ended before it was scanned back</source>
        <translation>回扫前工位已退出</translation>
    </message>
    <message>
        <source>the ledger failed while it was marked as sent</source>
        <translation>标记为已发送时账本出错</translation>
    </message>
    <message>
        <source>the batch ended while it was sent</source>
        <translation>发送时批次结束</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>somebody said that this old label is destroyed</source>
        <translation>有人确认此旧标签已销毁</translation>
    </message>
    <message>
        <source>the printer reported it out</source>
        <translation>打印机报告已打出</translation>
    </message>
    <message>
        <source>every byte was taken</source>
        <translation>数据已全部接收</translation>
    </message>
    <message>
        <source>nothing was sent</source>
        <translation>没有发送任何数据</translation>
    </message>
    <message>
        <source>the voided label {serial} was scanned</source>
        <translation>扫到了已作废的标签 {serial}</translation>
    </message>
    <message>
        <source>{serial} takes its place</source>
        <translation>由 {serial} 取代</translation>
    </message>
    <message>
        <source>takes the place of {serial}</source>
        <translation>取代 {serial}</translation>
    </message>
    <message>
        <source>a wrong label was named: {what}</source>
        <translation>报出了错误的标签：{what}</translation>
    </message>
    <message>
        <source>a wrong label was scanned: {what}</source>
        <translation>扫到了错误的标签：{what}</translation>
    </message>
    <message>
        <source>binding proof: {what}</source>
        <translation>绑定验证：{what}</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Add a printer</source>
        <translation>添加打印机</translation>
    </message>
    <message>
        <source>Searching. Found so far: {number}</source>
        <translation>正在搜索，已找到 {number} 台</translation>
    </message>
    <message>
        <source>Found: {number}</source>
        <translation>找到 {number} 台</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>重新搜索</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Use this address</source>
        <translation>使用此地址</translation>
    </message>
    <message>
        <source>Or type its address</source>
        <translation>或输入地址</translation>
    </message>
    <message>
        <source>Looking at CUPS, USB, serial ports and the network; this takes some seconds.</source>
        <translation>正在查看 CUPS、USB、串口和网络，需要几秒钟。</translation>
    </message>
    <message>
        <source>Nothing was found. Is the printer switched on? Its address can also be typed below.</source>
        <translation>没有找到。打印机开机了吗？也可以在下面输入地址。</translation>
    </message>
    <message>
        <source>Printers that were found</source>
        <translation>找到的打印机</translation>
    </message>
</context>
<context>
    <name>HealthTile</name>
    <message>
        <source>codes in the pool: {number}</source>
        <translation>码池中有 {number} 个码</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>no device at {port}</source>
        <translation>{port} 上没有设备</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>ready: {detail}, does not report its state</source>
        <translation>正常：{detail}，不报告状态</translation>
    </message>
    <message>
        <source>ready: {detail}</source>
        <translation>正常：{detail}</translation>
    </message>
    <message>
        <source>Device port</source>
        <translation>设备端口</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>QR service</source>
        <translation>二维码服务</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
</context>
<context>
    <name>LabelPreview</name>
    <message>
        <source>Label preview</source>
        <translation>标签预览</translation>
    </message>
    <message>
        <source>No label yet</source>
        <translation>还没有标签</translation>
    </message>
</context>
<context>
    <name>LineStrip</name>
    <message>
        <source>Ctrl+1: station page</source>
        <translation>Ctrl+1：工位页面</translation>
    </message>
</context>
<context>
    <name>ListModel</name>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>As it stands there</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>ListTable</name>
    <message>
        <source>Lines of the list</source>
        <translation>清单各行</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>Will be printed</source>
        <translation>将打印</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Has a label</source>
        <translation>已有标签</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>Stands in line {number} already.</source>
        <translation>第 {number} 行已有。</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>printing</source>
        <translation>正在打印</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
</context>
<context>
    <name>ListsPage</name>
    <message>
        <source>Lists</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>None yet. What was printed from lists stands here.</source>
        <translation>还没有。按清单打印过的会列在这里。</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>回到清单</translation>
    </message>
    <message>
        <source>New list</source>
        <translation>新清单</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Label station {station}</source>
        <translation>贴标工位 {station}</translation>
    </message>
</context>
<context>
    <name>MessagePanel</name>
    <message>
        <source>No message</source>
        <translation>没有消息</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
</context>
<context>
    <name>PrinterCard</name>
    <message>
        <source>The line prints here</source>
        <translation>产线在此打印</translation>
    </message>
    <message>
        <source>The line prints here: choose another printer for it first.</source>
        <translation>产线在此打印：请先为产线另选一台打印机。</translation>
    </message>
    <message>
        <source>Test label</source>
        <translation>测试标签</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>校准介质</translation>
    </message>
    <message>
        <source>The printer measures its labels; some come out empty.</source>
        <translation>打印机会测量标签，走出几张空白标签。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>Use for the line</source>
        <translation>用于产线</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Press again: remove</source>
        <translation>再按一次：移除</translation>
    </message>
    <message>
        <source>Address ({kind})</source>
        <translation>地址（{kind}）</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>look here</source>
        <translation>请看这里</translation>
    </message>
    <message>
        <source>Not looked at yet.</source>
        <translation>尚未查看。</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>It answered: {said}</source>
        <translation>打印机应答：{said}</translation>
    </message>
    <message>
        <source>Ready: the printer says so.</source>
        <translation>就绪：打印机自己报告。</translation>
    </message>
    <message>
        <source>Something takes labels at this address.</source>
        <translation>此地址可以接收标签。</translation>
    </message>
    <message>
        <source>It does not report its state: look at the printer itself.</source>
        <translation>它不报告状态，请看打印机本身。</translation>
    </message>
</context>
<context>
    <name>PrinterChoice</name>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
</context>
<context>
    <name>PrinterEditor</name>
    <message>
        <source>New printer</source>
        <translation>新打印机</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>The line prints here and a unit is on its way: changes count from the next label on.</source>
        <translation>产线在此打印，且有一台设备正在处理：修改从下一张标签起生效。</translation>
    </message>
    <message>
        <source>The line prints here: changes count from the next label on.</source>
        <translation>产线在此打印：修改从下一张标签起生效。</translation>
    </message>
    <message>
        <source>look here</source>
        <translation>请看这里</translation>
    </message>
</context>
<context>
    <name>Printers</name>
    <message>
        <source>Line</source>
        <translation>产线</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>尚未查看</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>connected, reports no state</source>
        <translation>已连接，不报告状态</translation>
    </message>
    <message>
        <source>{left} labels</source>
        <translation>标签 {left}</translation>
    </message>
    <message>
        <source>{left} ribbon</source>
        <translation>碳带 {left}</translation>
    </message>
    <message>
        <source>language not known</source>
        <translation>语言未知</translation>
    </message>
    <message>
        <source>is set up as {name}</source>
        <translation>已设置为 {name}</translation>
    </message>
    <message>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>serial port</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>IPP printer</source>
        <translation>IPP 打印机</translation>
    </message>
    <message>
        <source>CUPS queue</source>
        <translation>CUPS 队列</translation>
    </message>
    <message>
        <source>Windows queue</source>
        <translation>Windows 队列</translation>
    </message>
    <message>
        <source>desktop printer</source>
        <translation>系统打印机</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间隙</translation>
    </message>
    <message>
        <source>Black mark</source>
        <translation>黑标</translation>
    </message>
    <message>
        <source>Continuous</source>
        <translation>连续纸</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>If it answers</source>
        <translation>有应答时</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>总是</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Ribbon</source>
        <translation>碳带</translation>
    </message>
    <message>
        <source>as template</source>
        <translation>按模板</translation>
    </message>
    <message>
        <source>{width} mm wide</source>
        <translation>宽 {width} 毫米</translation>
    </message>
    <message>
        <source>{height} mm high</source>
        <translation>高 {height} 毫米</translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation>{width} × {height} 毫米</translation>
    </message>
    <message>
        <source>{sensing} {length} mm</source>
        <translation>{sensing} {length} 毫米</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>stopped in mid label</source>
        <translation>打印中途停止</translation>
    </message>
    <message>
        <source>connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>no labels</source>
        <translation>缺标签</translation>
    </message>
    <message>
        <source>no ribbon</source>
        <translation>缺碳带</translation>
    </message>
    <message>
        <source>cover open</source>
        <translation>盖未关</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>off line</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>labels jammed</source>
        <translation>卡纸</translation>
    </message>
    <message>
        <source>too hot</source>
        <translation>过热</translation>
    </message>
    <message>
        <source>no longer answers</source>
        <translation>不再应答</translation>
    </message>
    <message>
        <source>reports a fault</source>
        <translation>报告故障</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>忙</translation>
    </message>
    <message>
        <source>other labels loaded</source>
        <translation>装的是其他标签</translation>
    </message>
    <message>
        <source>wrong language?</source>
        <translation>语言不对？</translation>
    </message>
    <message>
        <source>queue is not raw</source>
        <translation>不是原始队列</translation>
    </message>
    <message>
        <source>queue is raw</source>
        <translation>是原始队列</translation>
    </message>
    <message>
        <source>no such queue</source>
        <translation>没有此队列</translation>
    </message>
    <message>
        <source>print server silent</source>
        <translation>打印服务无应答</translation>
    </message>
    <message>
        <source>queue stopped</source>
        <translation>队列已停止</translation>
    </message>
    <message>
        <source>queue takes no jobs</source>
        <translation>队列不接收任务</translation>
    </message>
    <message>
        <source>label does not fit</source>
        <translation>标签放不下</translation>
    </message>
    <message>
        <source>port not allowed</source>
        <translation>端口无权限</translation>
    </message>
    <message>
        <source>not plugged in</source>
        <translation>未插上</translation>
    </message>
    <message>
        <source>a library is missing</source>
        <translation>缺少组件</translation>
    </message>
    <message>
        <source>roll ended</source>
        <translation>标签卷已用完</translation>
    </message>
    <message>
        <source>ribbon ended</source>
        <translation>碳带已用完</translation>
    </message>
    <message>
        <source>roll ends soon</source>
        <translation>标签卷快用完</translation>
    </message>
    <message>
        <source>ribbon ends soon</source>
        <translation>碳带快用完</translation>
    </message>
    <message>
        <source>format not taken</source>
        <translation>不支持此格式</translation>
    </message>
    <message>
        <source>labels end soon</source>
        <translation>标签快用完</translation>
    </message>
    <message>
        <source>label to be taken</source>
        <translation>有标签待取走</translation>
    </message>
    <message>
        <source>labels wait</source>
        <translation>有标签等待</translation>
    </message>
    <message>
        <source>language does not fit</source>
        <translation>语言与连接不符</translation>
    </message>
    <message>
        <source>queue repeats labels</source>
        <translation>队列会自行重印</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>人工保留</translation>
    </message>
    <message>
        <source>the run was ended</source>
        <translation>本批已停止</translation>
    </message>
    <message>
        <source>from before the restart</source>
        <translation>重启前留下</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Another printer has this name.</source>
        <translation>已有同名打印机。</translation>
    </message>
    <message>
        <source>This cannot be sent to that address. Choose another.</source>
        <translation>此地址不能发送这种语言，请另选。</translation>
    </message>
    <message>
        <source>Needed: how wide its head is.</source>
        <translation>必填：由型号得知打印头宽度。</translation>
    </message>
    <message>
        <source>It begins with tcp: serial: usb: ipp: cups: windows: system: or file:</source>
        <translation>开头应为 tcp: serial: usb: ipp: cups: windows: system: 或 file:</translation>
    </message>
    <message>
        <source>Something must stand behind the colon.</source>
        <translation>冒号后面要有内容。</translation>
    </message>
    <message>
        <source>The name or number of a host is missing or wrong.</source>
        <translation>主机名或 IP 地址缺失或有误。</translation>
    </message>
    <message>
        <source>The port is between 1 and 65535.</source>
        <translation>端口在 1 到 65535 之间。</translation>
    </message>
    <message>
        <source>Nothing may stand behind the port.</source>
        <translation>端口后面不能有内容。</translation>
    </message>
    <message>
        <source>The queue&apos;s name is missing.</source>
        <translation>缺少队列名称。</translation>
    </message>
    <message>
        <source>A serial port looks like serial:/dev/ttyUSB0?baud=9600</source>
        <translation>串口的写法：serial:/dev/ttyUSB0?baud=9600</translation>
    </message>
    <message>
        <source>The baud rate is a number such as 9600.</source>
        <translation>波特率是数字，例如 9600。</translation>
    </message>
    <message>
        <source>Saving it.</source>
        <translation>正在保存。</translation>
    </message>
    <message>
        <source>A test label is being printed.</source>
        <translation>正在打印测试标签。</translation>
    </message>
    <message>
        <source>The labels are being measured.</source>
        <translation>正在测量标签。</translation>
    </message>
    <message>
        <source>The new roll is being written down.</source>
        <translation>正在登记新卷。</translation>
    </message>
    <message>
        <source>The queue is being worked on.</source>
        <translation>正在处理队列。</translation>
    </message>
    <message>
        <source>The printer reports the test label out.</source>
        <translation>打印机报告测试标签已打出。</translation>
    </message>
    <message>
        <source>The test label was taken. Look whether it comes out.</source>
        <translation>测试标签已被接收，请看是否打出。</translation>
    </message>
    <message>
        <source>The printer reports the label out. Stick it on and scan it.</source>
        <translation>打印机报告标签已打出。请贴上并扫描。</translation>
    </message>
    <message>
        <source>The label was taken. When it is out, stick it on and scan it.</source>
        <translation>标签已被接收。打出后请贴上并扫描。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>The printer measures its labels; some may come out empty.</source>
        <translation>打印机正在测量标签，可能走出几张空白标签。</translation>
    </message>
    <message>
        <source>The new roll is written down.</source>
        <translation>新卷已登记。</translation>
    </message>
</context>
<context>
    <name>PrintersPage</name>
    <message>
        <source>Printers</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Printers that are set up</source>
        <translation>已设置的打印机</translation>
    </message>
    <message>
        <source>No printer is set up yet.
Add the first one: it is looked for, or its address is typed.</source>
        <translation>还没有打印机。
请添加第一台：可以搜索，也可以输入地址。</translation>
    </message>
    <message>
        <source>Add a printer</source>
        <translation>添加打印机</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Labels that wait: {number}</source>
        <translation>等待的标签：{number}</translation>
    </message>
    <message>
        <source>No label waits. Labels that could not be printed at once are kept here and ask before they print.</source>
        <translation>没有等待的标签。不能立即打印的标签会留在这里，经人确认后才打印。</translation>
    </message>
    <message>
        <source>The queue was not looked at yet.</source>
        <translation>尚未查看队列。</translation>
    </message>
    <message>
        <source>Waiting from before: {number}. Look at each.</source>
        <translation>以前留下 {number} 张，请逐张查看。</translation>
    </message>
    <message>
        <source>Held: {number}. Look at each, then release or cancel it.</source>
        <translation>保留 {number} 张：请逐张查看，然后放行或取消。</translation>
    </message>
    <message>
        <source>Release: print this one</source>
        <translation>放行：打印这一张</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>移到</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Press again: cancel</source>
        <translation>再按一次：取消</translation>
    </message>
    <message>
        <source>No other printer has this label&apos;s resolution.</source>
        <translation>没有其他打印机与此标签的分辨率相同。</translation>
    </message>
    <message>
        <source>Move label {serial} to {printer}</source>
        <translation>把标签 {serial} 移到 {printer}</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Labels that wait</source>
        <translation>等待的标签</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>held: {reason}</source>
        <translation>保留：{reason}</translation>
    </message>
    <message>
        <source>held</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>ReaderField</name>
    <message>
        <source>How it is asked</source>
        <translation>读取方式</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>波特率</translation>
    </message>
    <message>
        <source>bit/s</source>
        <translation>bit/s</translation>
    </message>
    <message>
        <source>as the reader says</source>
        <translation>按读取方式</translation>
    </message>
</context>
<context>
    <name>RecordFile</name>
    <message>
        <source>{number} rows</source>
        <translation>{number} 行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Stopped: no file was written.</source>
        <translation>已停止：没有写出文件。</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
</context>
<context>
    <name>RecordModel</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Verified: {label} is the label of {device} now.</source>
        <translation>已核对：{label} 现在是 {device} 的标签。</translation>
    </message>
    <message>
        <source>{serial} is voided. Take it off and destroy it.</source>
        <translation>{serial} 已作废。请取下并销毁。</translation>
    </message>
    <message>
        <source>Whoever scans it from now on gets an alarm.</source>
        <translation>今后谁扫到它都会报警。</translation>
    </message>
    <message>
        <source>Settled: no usable label came out of {serial}.</source>
        <translation>已结清：{serial} 没有打出可用的标签。</translation>
    </message>
    <message>
        <source>The device may get another label.</source>
        <translation>该设备可以再打一张标签。</translation>
    </message>
    <message>
        <source>The label of slot {slot} waits for its scan: scans are the line&apos;s until then.</source>
        <translation>{slot} 号位的标签在等待扫码：在此之前扫码归产线。</translation>
    </message>
    <message>
        <source>Scan a label or a device: it opens here. The line does not see it.</source>
        <translation>扫描标签或设备，即在此打开。产线不会收到。</translation>
    </message>
    <message>
        <source>A scanner on a port of its own still goes to the line.</source>
        <translation>接在独立端口上的扫码枪仍归产线。</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Wrong place</source>
        <translation>贴错位置</translation>
    </message>
    <message>
        <source>Printer fault</source>
        <translation>打印机故障</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>返工</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>QR service</source>
        <translation>二维码服务</translation>
    </message>
    <message>
        <source>pool, fetched ahead</source>
        <translation>预先取得的码池</translation>
    </message>
    <message>
        <source>link made here</source>
        <translation>本机生成的链接</translation>
    </message>
    <message>
        <source>text of the product&apos;s own</source>
        <translation>产品自有文本</translation>
    </message>
    <message>
        <source>sandbox: binds nothing</source>
        <translation>沙箱：不能绑定</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Code from</source>
        <translation>码的来源</translation>
    </message>
    <message>
        <source>Printed by</source>
        <translation>打印者</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>State since</source>
        <translation>状态时间</translation>
    </message>
    <message>
        <source>Takes the place of</source>
        <translation>取代</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Allowed by</source>
        <translation>同意者</translation>
    </message>
</context>
<context>
    <name>RecordsFoundPane</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>All other labels, newest first</source>
        <translation>其他所有标签，最新的在前</translation>
    </message>
    <message>
        <source>Labels that were found</source>
        <translation>找到的标签</translation>
    </message>
    <message>
        <source>No label is like this. Look for less of it, or press Clear.</source>
        <translation>没有这样的标签。少输入一些，或按“清除”。</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找……</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More labels</source>
        <translation>更多标签</translation>
    </message>
    <message>
        <source>Write what was found into a file</source>
        <translation>把找到的记录写入文件</translation>
    </message>
    <message>
        <source>labels.xlsx or labels.csv</source>
        <translation>labels.xlsx 或 labels.csv</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Nobody knows whether these came out: {number}. Find each one and scan it, or settle it.</source>
        <translation>不清楚是否打出：{number} 张。请逐一找到并扫描，或作结清。</translation>
    </message>
    <message>
        <source>Labels that nobody can account for</source>
        <translation>下落未知的标签</translation>
    </message>
    <message>
        <source>{number} of more</source>
        <translation>{number}，还有更多</translation>
    </message>
    <message>
        <source>Found: {number}</source>
        <translation>找到：{number}</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>RecordsSearch</name>
    <message>
        <source>Device or label</source>
        <translation>设备或标签</translation>
    </message>
    <message>
        <source>any part of it</source>
        <translation>任意一部分</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Days are written 2026-12-31.</source>
        <translation>日期写作 2026-12-31。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>contested</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除查找条件</translation>
    </message>
    <message>
        <source>The first day comes after the last one.</source>
        <translation>开始日期晚于结束日期。</translation>
    </message>
</context>
<context>
    <name>SecondPerson</name>
    <message>
        <source>Their badge was read. It is checked with the reprint.</source>
        <translation>已读到其工牌，补打时核对。</translation>
    </message>
    <message>
        <source>A second person agrees: scan their badge, or name and PIN.</source>
        <translation>须由另一人同意：扫其工牌，或输入姓名和 PIN。</translation>
    </message>
    <message>
        <source>Their name</source>
        <translation>其姓名</translation>
    </message>
    <message>
        <source>Their PIN</source>
        <translation>其 PIN</translation>
    </message>
</context>
<context>
    <name>SettlePane</name>
    <message>
        <source>No usable label came out</source>
        <translation>没有打出可用的标签</translation>
    </message>
    <message>
        <source>Press again: none came out</source>
        <translation>再按一次：没有打出</translation>
    </message>
    <message>
        <source>Show the label that counts: {label}</source>
        <translation>显示有效的标签：{label}</translation>
    </message>
    <message>
        <source>It may have come out or not: nobody knows.</source>
        <translation>可能打出，也可能没有：没人知道。</translation>
    </message>
    <message>
        <source>Look at the printer, on the floor, on the device. Whoever finds it scans it here.</source>
        <translation>请在打印机、地面和设备上找。找到后在此扫描。</translation>
    </message>
    <message>
        <source>Only when there is none that can be read: say so below. Then the device can get another.</source>
        <translation>只有确实没有可读的标签时，才在下面确认。之后设备可以再打一张。</translation>
    </message>
    <message>
        <source>It was not scanned yet: nobody knows whether it is on the device, and readable.</source>
        <translation>尚未扫描：不清楚它是否贴在设备上、能否读取。</translation>
    </message>
    <message>
        <source>Scan it here, and it is verified.</source>
        <translation>在此扫描，即为已核对。</translation>
    </message>
    <message>
        <source>This label is voided: it must not be on any device.</source>
        <translation>此标签已作废：不得贴在任何设备上。</translation>
    </message>
    <message>
        <source>If you hold it, destroy it.</source>
        <translation>如在您手上，请销毁。</translation>
    </message>
    <message>
        <source>Nothing was printed of it.</source>
        <translation>它没有打印过。</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>没有可作废的标签。</translation>
    </message>
    <message>
        <source>It is still to be printed.</source>
        <translation>它还没有打印。</translation>
    </message>
    <message>
        <source>The printers page shows what waits.</source>
        <translation>打印机页面显示等待中的标签。</translation>
    </message>
</context>
<context>
    <name>SlotPane</name>
    <message>
        <source>Name on its lamp</source>
        <translation>指示灯上的名称</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>empty: its devices are scanned</source>
        <translation>留空：设备靠扫码识别</translation>
    </message>
    <message>
        <source>A device may take</source>
        <translation>设备最多用时</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>A device has left by</source>
        <translation>如何判断设备已取出</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Remove this slot</source>
        <translation>删除此槽位</translation>
    </message>
    <message>
        <source>Press again: remove</source>
        <translation>再按一次：删除</translation>
    </message>
    <message>
        <source>usb:A50285BI, hub:1-1.4, /dev/ttyUSB0 or COM7</source>
        <translation>usb:A50285BI、hub:1-1.4、/dev/ttyUSB0 或 COM7</translation>
    </message>
</context>
<context>
    <name>StationPage</name>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>F8  No usable label</source>
        <translation>F8  没有可用的标签</translation>
    </message>
    <message>
        <source>F8  Press again: void</source>
        <translation>F8  再按一次：作废</translation>
    </message>
    <message>
        <source>F5  Try again</source>
        <translation>F5  重试</translation>
    </message>
    <message>
        <source>F7  Destroyed</source>
        <translation>F7  旧标签已销毁</translation>
    </message>
    <message>
        <source>F9  New ribbon</source>
        <translation>F9  新碳带</translation>
    </message>
    <message>
        <source>F9  Press again: ribbon changed</source>
        <translation>F9  再按一次：已换碳带</translation>
    </message>
    <message>
        <source>F9  New roll</source>
        <translation>F9  新标签卷</translation>
    </message>
    <message>
        <source>F9  Press again: roll changed</source>
        <translation>F9  再按一次：已换标签卷</translation>
    </message>
    <message>
        <source>New roll in {printer}: counted from full again.</source>
        <translation>{printer} 已换新卷：重新从满卷计数。</translation>
    </message>
    <message>
        <source>Scanned label {serial}: {identity}, {state}</source>
        <translation>扫描的标签 {serial}：{identity}，{state}</translation>
    </message>
    <message>
        <source>The label appears here before it is printed.</source>
        <translation>标签打印前会显示在这里。</translation>
    </message>
    <message>
        <source>{width} × {height} mm, {dpi} dpi, shown {shown}</source>
        <translation>{width} × {height} 毫米，{dpi} dpi，显示 {shown}</translation>
    </message>
</context>
<context>
    <name>SuppliesPanel</name>
    <message>
        <source>warns below {warn}</source>
        <translation>低于 {warn} 张时提醒</translation>
    </message>
    <message>
        <source>New roll</source>
        <translation>新标签卷</translation>
    </message>
    <message>
        <source>New ribbon</source>
        <translation>新碳带</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>不计数</translation>
    </message>
    <message>
        <source>Labels on the new roll</source>
        <translation>新卷的标签数</translation>
    </message>
    <message>
        <source>Labels the new ribbon is good for</source>
        <translation>新碳带可打标签数</translation>
    </message>
    <message>
        <source>Warn below</source>
        <translation>低于此数提醒</translation>
    </message>
    <message>
        <source>New roll is in</source>
        <translation>新卷已装好</translation>
    </message>
    <message>
        <source>New ribbon is in</source>
        <translation>新碳带已装好</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>ended (of {full})</source>
        <translation>已用完（共 {full}）</translation>
    </message>
    <message>
        <source>{left} of {full} left</source>
        <translation>剩余 {left} / {full}</translation>
    </message>
</context>
<context>
    <name>TallyPanel</name>
    <message>
        <source>not scanned</source>
        <translation>未回扫</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>今日已核对</translation>
    </message>
    <message>
        <source>Counted since midnight; unknown ones since ever.</source>
        <translation>自零点起计数；未知的一直计入。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The last units</source>
        <translation>最近的设备</translation>
    </message>
</context>
<context>
    <name>TrialPanel</name>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Nothing was read.</source>
        <translation>没有读到任何内容。</translation>
    </message>
    <message>
        <source>The device says so, asked by: {reader}.</source>
        <translation>设备的回答，读取方式：{reader}。</translation>
    </message>
    <message>
        <source>Compare it with the device&apos;s own label. Nothing is printed by a trial.</source>
        <translation>请与设备自带标签核对。试读不会打印。</translation>
    </message>
    <message>
        <source>Here you see what a device says.</source>
        <translation>这里显示设备说了什么。</translation>
    </message>
    <message>
        <source>Choose a port and how the device is asked, then press Start. Nothing is printed.</source>
        <translation>选择串口和读取方式，再按“开始”。不会打印。</translation>
    </message>
    <message>
        <source>Stopping.</source>
        <translation>正在停止。</translation>
    </message>
    <message>
        <source>Waiting for {port}.</source>
        <translation>等待 {port}。</translation>
    </message>
    <message>
        <source>Plug the device in now.</source>
        <translation>请现在插入设备。</translation>
    </message>
    <message>
        <source>Listening at {port}.</source>
        <translation>正在监听 {port}。</translation>
    </message>
    <message>
        <source>Not one byte yet. Is the device switched on? Some speak only while they start.</source>
        <translation>还没有收到字节。设备通电了吗？有些设备只在启动时输出。</translation>
    </message>
    <message>
        <source>Asking at {port}.</source>
        <translation>正在询问 {port}。</translation>
    </message>
</context>
<context>
    <name>TryPane</name>
    <message>
        <source>No port</source>
        <translation>无串口</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Bytes of the trial</source>
        <translation>试读的字节</translation>
    </message>
    <message>
        <source>→ sent by the station      ← came from the device</source>
        <translation>→ 工位发出      ← 设备发来</translation>
    </message>
    <message>
        <source>Plug an adapter in: it appears on the left.</source>
        <translation>插入转接器，它会出现在左侧。</translation>
    </message>
    <message>
        <source>not plugged in now, known {words}</source>
        <translation>现在未插入，{words}识别</translation>
    </message>
    <message>
        <source>Use port and reader for slot</source>
        <translation>用于槽位</translation>
    </message>
    <message>
        <source>{number} (new)</source>
        <translation>{number}（新）</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>without the first {count} bytes</source>
        <translation>不含最前面的 {count} 字节</translation>
    </message>
    <message>
        <source>{count} more bytes came too quickly to be shown; save the log.</source>
        <translation>另有 {count} 字节来得太快未显示，请保存日志。</translation>
    </message>
</context>
<context>
    <name>UnitHistory</name>
    <message>
        <source>History of the device</source>
        <translation>设备的历史</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>UnitLabels</name>
    <message>
        <source>No picture of it was kept.</source>
        <translation>没有保存它的图像。</translation>
    </message>
    <message>
        <source>As it was printed: {width} × {height} mm, {dpi} dpi</source>
        <translation>打印时的样子：{width} × {height} mm，{dpi} dpi</translation>
    </message>
    <message>
        <source>All labels of this device</source>
        <translation>此设备的所有标签</translation>
    </message>
</context>
<context>
    <name>UnitPanel</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Device (IMEI)</source>
        <translation>设备（IMEI）</translation>
    </message>
    <message>
        <source>Device (MAC)</source>
        <translation>设备（MAC）</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>待做</translation>
    </message>
    <message>
        <source>No label yet</source>
        <translation>还没有标签</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>取码</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>回扫</translation>
    </message>
</context>
<context>
    <name>UnitRecordPane</name>
    <message>
        <source>Back to the labels</source>
        <translation>返回标签</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>What is seen of it</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>One file that somebody else can check without this station: labels, history, seals, checkpoints.</source>
        <translation>一个文件，他人无需本工位即可核对：标签、历史、封印和检查点。</translation>
    </message>
    <message>
        <source>Write the evidence into a file</source>
        <translation>把证据写入文件</translation>
    </message>
    <message>
        <source>evidence.json</source>
        <translation>evidence.json</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Scan it</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>结清</translation>
    </message>
    <message>
        <source>Reprint or void</source>
        <translation>补打或作废</translation>
    </message>
</context>
<context>
    <name>VerdictPane</name>
    <message>
        <source>Another list</source>
        <translation>换一份清单</translation>
    </message>
    <message>
        <source>Show these lines only</source>
        <translation>只看这些行</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>由谁处理：{owner}</translation>
    </message>
    <message>
        <source>Batch {number} is printing: wait, or pause it</source>
        <translation>批次 {number} 正在打印：请等待，或先暂停它</translation>
    </message>
    <message>
        <source>Nothing to print</source>
        <translation>没有可打印的</translation>
    </message>
    <message>
        <source>Print one label on {printer}</source>
        <translation>在 {printer} 上打印 1 张标签</translation>
    </message>
    <message>
        <source>Print {count} labels on {printer}</source>
        <translation>在 {printer} 上打印 {count} 张标签</translation>
    </message>
</context>
<context>
    <name>BadgeField</name>
    <message>
        <source>Scan it</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Scan now: {seconds} s</source>
        <translation>请扫描：{seconds} 秒</translation>
    </message>
    <message>
        <source>Scan the label first</source>
        <translation>请先扫描标签</translation>
    </message>
    <message>
        <source>Scan a badge into the field</source>
        <translation>将工牌扫描到此栏</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>工牌</translation>
    </message>
</context>
<context>
    <name>CredentialFields</name>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
</context>
<context>
    <name>Duty</name>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>QA</source>
        <translation>质检</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>线长</translation>
    </message>
    <message>
        <source>Makes labels, replaces them up to the limit.</source>
        <translation>制作标签，并在限额内补打。</translation>
    </message>
    <message>
        <source>Also voids and approves labels, releases and closes orders, exports.</source>
        <translation>还可作废和批准标签、放行和关闭工单、导出。</translation>
    </message>
    <message>
        <source>Also signs orders, adds people, changes settings.</source>
        <translation>还可签署工单、添加人员、更改设置。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>无人登录</translation>
    </message>
    <message>
        <source>Then the line goes on. Without a badge: F2, name and PIN.</source>
        <translation>然后产线继续。没有工牌：按 F2，输入姓名和 PIN。</translation>
    </message>
    <message>
        <source>{name} is away. Any badge takes over; F2: name and PIN.</source>
        <translation>{name} 已离开。任何工牌均可接手；F2：姓名和 PIN。</translation>
    </message>
    <message>
        <source>Scan badge</source>
        <translation>扫描工牌</translation>
    </message>
    <message>
        <source>The next scan is taken as a badge, not by the line. Still {seconds} s.</source>
        <translation>下一次扫描作为工牌，不交给产线。还有 {seconds} 秒。</translation>
    </message>
    <message>
        <source>The next scan is the order&apos;s first label, not the line&apos;s. Still {seconds} s.</source>
        <translation>下一次扫描是工单的首件标签，不归产线。还有 {seconds} 秒。</translation>
    </message>
    <message>
        <source>First label</source>
        <translation>首件标签</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>工牌</translation>
    </message>
</context>
<context>
    <name>DutyButton</name>
    <message>
        <source>Who works here: {name}, {line}</source>
        <translation>当前人员：{name}，{line}</translation>
    </message>
</context>
<context>
    <name>DutyNotice</name>
    <message>
        <source>This station knows no people yet: approvals wait until the first lead is made.</source>
        <translation>本工位还没有登记人员：创建第一位线长后才能进行审批。</translation>
    </message>
    <message>
        <source>No label is made before the first lead is: it takes a minute.</source>
        <translation>创建第一位线长后才能制作标签，只需一分钟。</translation>
    </message>
    <message>
        <source>Make the first lead</source>
        <translation>创建第一位线长</translation>
    </message>
</context>
<context>
    <name>NewPersonPane</name>
    <message>
        <source>The first lead</source>
        <translation>第一位线长</translation>
    </message>
    <message>
        <source>A lead adds people, approves labels and changes settings. Nobody is known here yet.</source>
        <translation>线长可添加人员、批准标签、更改设置。这里还没有登记任何人。</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>新人员</translation>
    </message>
    <message>
        <source>With a PIN, a badge or both. Nobody can read them again, here or in the records.</source>
        <translation>使用 PIN、工牌或两者。此后任何人都无法读出，这里和记录中都一样。</translation>
    </message>
    <message>
        <source>Name, as records say it</source>
        <translation>姓名（记录中使用）</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>工牌</translation>
    </message>
    <message>
        <source>may come later</source>
        <translation>可以后补</translation>
    </message>
    <message>
        <source>Make the first lead</source>
        <translation>创建第一位线长</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>NewPinFields</name>
    <message>
        <source>Old PIN</source>
        <translation>旧 PIN</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>新 PIN</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输一次</translation>
    </message>
    <message>
        <source>{number} digits or more</source>
        <translation>至少 {number} 位数字</translation>
    </message>
    <message>
        <source>not the same</source>
        <translation>不一致</translation>
    </message>
</context>
<context>
    <name>OrderPane</name>
    <message>
        <source>Changeover: {what}</source>
        <translation>换型：{what}</translation>
    </message>
    <message>
        <source>Why it is closed short</source>
        <translation>未做完即关闭的原因</translation>
    </message>
    <message>
        <source>Remark, why it is cancelled</source>
        <translation>备注：取消原因</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>QA releases it</source>
        <translation>由质检放行</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签署</translation>
    </message>
    <message>
        <source>Work on it</source>
        <translation>做此工单</translation>
    </message>
    <message>
        <source>Press again: change over</source>
        <translation>再按一次：换型</translation>
    </message>
    <message>
        <source>Work on no order</source>
        <translation>不做工单</translation>
    </message>
    <message>
        <source>Press again: give it back</source>
        <translation>再按一次：退回</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Press again: close</source>
        <translation>再按一次：关闭</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>取消工单</translation>
    </message>
    <message>
        <source>Press again: cancel</source>
        <translation>再按一次：取消</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>planned, not signed</source>
        <translation>已计划，未签署</translation>
    </message>
    <message>
        <source>signed, first label not released</source>
        <translation>已签署，首件未放行</translation>
    </message>
    <message>
        <source>released</source>
        <translation>已放行</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>voided</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>remaining</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>template {name}</source>
        <translation>模板 {name}</translation>
    </message>
    <message>
        <source>printer {name}</source>
        <translation>打印机 {name}</translation>
    </message>
    <message>
        <source>and {number} more ranges</source>
        <translation>及另外 {number} 段</translation>
    </message>
    <message>
        <source>units: {number}</source>
        <translation>数量：{number}</translation>
    </message>
    <message>
        <source>any device of the product</source>
        <translation>该产品的任何设备</translation>
    </message>
    <message>
        <source>planned by {name}</source>
        <translation>{name} 计划</translation>
    </message>
    <message>
        <source>signed by {name}, digest {digest}</source>
        <translation>{name} 签署，摘要 {digest}</translation>
    </message>
    <message>
        <source>released by {name}</source>
        <translation>{name} 放行</translation>
    </message>
    <message>
        <source>closed by {name}</source>
        <translation>{name} 关闭</translation>
    </message>
    <message>
        <source>First label {serial}: {identity}, made by {name} at {time}, verified.</source>
        <translation>首件标签 {serial}：{identity}，{name} 于 {time} 制作，已核对。</translation>
    </message>
    <message>
        <source>product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>{name} {now} stays</source>
        <translation>{name} {now} 不变</translation>
    </message>
    <message>
        <source>no shift is open</source>
        <translation>没有班次</translation>
    </message>
    <message>
        <source>open since {time}, {name}</source>
        <translation>{time} 开始，{name}</translation>
    </message>
    <message>
        <source>labels in doubt: {number}</source>
        <translation>存疑标签：{number}</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>first label waits for QA</source>
        <translation>首件等待质检</translation>
    </message>
    <message>
        <source>in hand</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Looking at it.</source>
        <translation>正在处理。</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>可处理者：{owner}</translation>
    </message>
    <message>
        <source>{number} is planned; a lead signs it.</source>
        <translation>{number} 已计划，等待线长签署。</translation>
    </message>
    <message>
        <source>{number} is signed: its first label may be made.</source>
        <translation>{number} 已签署：可以制作首件标签。</translation>
    </message>
    <message>
        <source>{number} is released: the other labels may be made.</source>
        <translation>{number} 已放行：可以制作其余标签。</translation>
    </message>
    <message>
        <source>{number} is closed. Its report:</source>
        <translation>{number} 已关闭。报告：</translation>
    </message>
    <message>
        <source>{number} is cancelled.</source>
        <translation>{number} 已取消。</translation>
    </message>
    <message>
        <source>The report of {number} is written:</source>
        <translation>{number} 的报告已写入：</translation>
    </message>
    <message>
        <source>The shift is open.</source>
        <translation>班次已开始。</translation>
    </message>
    <message>
        <source>The shift is closed. Its report:</source>
        <translation>班次已关闭。报告：</translation>
    </message>
    <message>
        <source>The station opens anew for {number}.</source>
        <translation>工位正在为 {number} 重新启动。</translation>
    </message>
    <message>
        <source>The station opens anew, for no order.</source>
        <translation>工位正在重新启动，不做工单。</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>Orders</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Shift and orders</source>
        <translation>班次和工单</translation>
    </message>
    <message>
        <source>Ended orders too</source>
        <translation>包括已结束的工单</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>新工单</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>badge</source>
        <translation>工牌</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>neither badge nor PIN</source>
        <translation>没有工牌和 PIN</translation>
    </message>
    <message>
        <source>has left</source>
        <translation>已离职</translation>
    </message>
    <message>
        <source>locked: a lead has to unlock them</source>
        <translation>已锁定：需线长解锁</translation>
    </message>
    <message>
        <source>no PIN is looked at before {time}</source>
        <translation>{time} 之前不接受 PIN</translation>
    </message>
    <message>
        <source>works here now</source>
        <translation>正在此工作</translation>
    </message>
    <message>
        <source>Looking at it.</source>
        <translation>正在处理。</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>可处理者：{owner}</translation>
    </message>
    <message>
        <source>{name} leads this station now.</source>
        <translation>{name} 现在是本工位的线长。</translation>
    </message>
    <message>
        <source>{name} can sign in now.</source>
        <translation>{name} 现在可以登录。</translation>
    </message>
    <message>
        <source>{name} was changed.</source>
        <translation>{name} 已更改。</translation>
    </message>
    <message>
        <source>{name} has a new PIN.</source>
        <translation>{name} 已有新 PIN。</translation>
    </message>
    <message>
        <source>The badge of {name} was changed.</source>
        <translation>{name} 的工牌已更改。</translation>
    </message>
    <message>
        <source>{name} can sign in again.</source>
        <translation>{name} 可以重新登录。</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>People of this ledger</source>
        <translation>本账本的人员</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>新人员</translation>
    </message>
</context>
<context>
    <name>PersonPane</name>
    <message>
        <source>Choose somebody. Whoever signs in changes their own PIN here.</source>
        <translation>请选择人员。登录后可在此更改自己的 PIN。</translation>
    </message>
    <message>
        <source>has left</source>
        <translation>已离职</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Change role</source>
        <translation>更改角色</translation>
    </message>
    <message>
        <source>Set PIN</source>
        <translation>设置 PIN</translation>
    </message>
    <message>
        <source>New badge</source>
        <translation>新工牌</translation>
    </message>
    <message>
        <source>Set badge</source>
        <translation>设置工牌</translation>
    </message>
    <message>
        <source>Take badge away</source>
        <translation>收回工牌</translation>
    </message>
    <message>
        <source>Press again</source>
        <translation>再按一次</translation>
    </message>
    <message>
        <source>Language of the screen while they work</source>
        <translation>其工作时的界面语言</translation>
    </message>
    <message>
        <source>As the station</source>
        <translation>与工位相同</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Works here again</source>
        <translation>重新在此工作</translation>
    </message>
    <message>
        <source>Has left</source>
        <translation>已离职</translation>
    </message>
    <message>
        <source>Press again: signs in no more</source>
        <translation>再按一次：不再能登录</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>Clear the PIN</source>
        <translation>清除 PIN</translation>
    </message>
    <message>
        <source>Take the last digit away</source>
        <translation>删除最后一位</translation>
    </message>
</context>
<context>
    <name>PlanOrderPane</name>
    <message>
        <source>New order</source>
        <translation>新工单</translation>
    </message>
    <message>
        <source>Nothing is labelled by it before a lead signs it and QA releases its first label.</source>
        <translation>线长签署并由质检放行首件之前，不会批量制作标签。</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>工单号</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>units</source>
        <translation>台</translation>
    </message>
    <message>
        <source>Ranges that belong to it; empty: any device of the product</source>
        <translation>所属号段；留空：该产品的任何设备</translation>
    </message>
    <message>
        <source>Or a list by its path</source>
        <translation>或清单文件的路径</translation>
    </message>
    <message>
        <source>XLSX, CSV or plain text</source>
        <translation>XLSX、CSV 或纯文本</translation>
    </message>
    <message>
        <source>What will be signed, as this station labels now</source>
        <translation>将要签署的内容（本工位目前的设置）</translation>
    </message>
    <message>
        <source>Plan it</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>ReleasePane</name>
    <message>
        <source>First label</source>
        <translation>首件标签</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Scan QA&apos;s badge</source>
        <translation>扫描质检的工牌</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>A label waits for its scan at the line: that one first.</source>
        <translation>产线上有标签等待扫描：请先扫描它。</translation>
    </message>
    <message>
        <source>That was not the QR code of this label. Scan it once more.</source>
        <translation>扫到的不是这张标签的二维码，请重新扫描。</translation>
    </message>
    <message>
        <source>QA compares the label with the order, and scans its QR code.</source>
        <translation>质检对照工单检查标签，并扫描它的二维码。</translation>
    </message>
    <message>
        <source>The first label is scanned. QA says so with their own badge or PIN.</source>
        <translation>首件标签已扫描。请质检用自己的工牌或 PIN 确认。</translation>
    </message>
    <message>
        <source>Scan the first label now</source>
        <translation>请扫描首件标签</translation>
    </message>
    <message>
        <source>Scan the first label</source>
        <translation>扫描首件标签</translation>
    </message>
    <message>
        <source>Scan the badge now: {seconds} s</source>
        <translation>请扫描工牌：{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ShiftPane</name>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>No shift is open at this station.</source>
        <translation>本工位没有开始的班次。</translation>
    </message>
    <message>
        <source>Open since {time} by {name}</source>
        <translation>{name} 于 {time} 开始</translation>
    </message>
    <message>
        <source>The shift closes when no label is in doubt.</source>
        <translation>没有存疑标签时才能关闭班次。</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>开始制作</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>已交付</translation>
    </message>
    <message>
        <source>voided</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>nothing sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Labels replaced: {what}</source>
        <translation>补打的标签：{what}</translation>
    </message>
    <message>
        <source>Labels in doubt: {number}. Press one to look at it in the records.</source>
        <translation>存疑标签：{number}。按一下即可在记录中查看。</translation>
    </message>
    <message>
        <source>Handover note for who comes next</source>
        <translation>给下一班的交接说明</translation>
    </message>
    <message>
        <source>Open a shift</source>
        <translation>开始班次</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>关闭班次</translation>
    </message>
    <message>
        <source>Press again: close the shift</source>
        <translation>再按一次：关闭班次</translation>
    </message>
</context>
<context>
    <name>SignInPanel</name>
    <message>
        <source>Who works here?</source>
        <translation>谁在这里工作？</translation>
    </message>
    <message>
        <source>Scan your badge, on any page.</source>
        <translation>在任何页面均可扫描工牌。</translation>
    </message>
    <message>
        <source>Or choose your name and type your PIN.</source>
        <translation>也可选择姓名并输入 PIN。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Back  (Esc)</source>
        <translation>返回  (Esc)</translation>
    </message>
    <message>
        <source>Looking at it.</source>
        <translation>正在处理。</translation>
    </message>
    <message>
        <source>Who can mend it: {owner}</source>
        <translation>可处理者：{owner}</translation>
    </message>
    <message>
        <source>The next PIN is looked at in {seconds} s.</source>
        <translation>{seconds} 秒后可再输入 PIN。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>没有人登录。</translation>
    </message>
    <message>
        <source>No people are known yet: the first lead is made on the People page.</source>
        <translation>还没有登记人员：请在人员页创建第一位线长。</translation>
    </message>
    <message>
        <source>{name} is away for a moment.</source>
        <translation>{name} 暂时离开。</translation>
    </message>
    <message>
        <source>{name} works here.</source>
        <translation>{name} 正在此工作。</translation>
    </message>
</context>
<context>
    <name>WindowHeader</name>
    <message>
        <source>unsent: {number}</source>
        <translation>未交付：{number}</translation>
    </message>
    <message>
        <source>Results not handed over yet: {number}</source>
        <translation>尚未交付的结果：{number}</translation>
    </message>
    <message>
        <source>of them waiting for a person: {number}</source>
        <translation>其中等待人工处理：{number}</translation>
    </message>
    <message>
        <source>DEMO: every label is marked TEST and binds nothing</source>
        <translation>演示：所有标签都印有 TEST，不能绑定</translation>
    </message>
    <message>
        <source>Switch the language</source>
        <translation>切换语言</translation>
    </message>
</context>
</TS>
