<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
    <message>
        <source>{station}  ·  operator: {operator}</source>
        <translation>{station}  ·  操作员：{operator}</translation>
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
</TS>
