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
        <source>Scan label</source>
        <translation>扫描标签</translation>
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
</context>
<context>
    <name>HealthTile</name>
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
        <source>ready: {detail}</source>
        <translation>正常：{detail}</translation>
    </message>
    <message>
        <source>Device port</source>
        <translation>设备端口</translation>
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
    <name>StationPage</name>
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
</TS>
