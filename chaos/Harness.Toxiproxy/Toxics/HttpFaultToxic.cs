using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Answers, delays or cuts HTTP/1.1 requests that match. Belongs on the upstream stream, where requests are. A connection that is not HTTP passes.</summary>
public sealed record HttpFaultToxic : Toxic
{
    private const string MethodName = "method", PathName = "path", StatusName = "status", DelayName = "delay", CutName = "cut_body", AbortName = "abort";

    internal static readonly ToxicType Wire = new(
        "http",
        [
            AttributeSpec.Text(MethodName), AttributeSpec.Text(PathName), AttributeSpec.Integer(StatusName), AttributeSpec.Integer(DelayName),
            AttributeSpec.Integer(CutName), AttributeSpec.Integer(AbortName),
        ],
        (link, toxic, draw) => new HttpFaultStage { Link = link, Toxic = toxic, Draw = draw },
        a => new HttpFaultToxic
        {
            Method = a.Text(MethodName), Path = a.Text(PathName), Status = (int)Math.Clamp(a.Integer(StatusName), 0, 999),
            Delay = a.Milliseconds(DelayName), CutBodyAfterBytes = a.Integer(CutName),
            Abort = a.Integer(AbortName) != 0,
        })
    {
        Problem = a => a.Integer(StatusName) is 0 or (>= 100 and <= 999) ? null : $"status {a.Integer(StatusName)} is not from 100 to 999",
    };

    /// <summary>Empty: every method.</summary>
    public string Method { get; init; } = "";

    /// <summary>What the request's target begins with. Empty: every path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Answered in place of the upstream, which never sees the request; then the connection is closed. Zero: the request passes.</summary>
    public int Status { get; init; }

    /// <summary>Before the request passes, or is answered; whole milliseconds on the wire.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The connection is closed after this many bytes of the response's body. Zero: it is not.</summary>
    public long CutBodyAfterBytes { get; init; }

    /// <summary>The connection is closed without an answer, and the upstream never sees the request; 0 or 1 on the wire.</summary>
    public bool Abort { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() =>
    [
        (MethodName, Method), (PathName, Path), (StatusName, (long)Status), (DelayName, Milliseconds(Delay)), (CutName, CutBodyAfterBytes),
        (AbortName, Abort ? 1L : 0L),
    ];

    private sealed class HttpFaultStage : ToxicStage
    {
        private TimeSpan? _due;

        public override void Interrupt()
        {
            if (_due is not null && Input.Count > 0)
                PassHead();
            _due = null;
        }

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom)
            {
                if (_due is null && !Matches())
                {
                    PassHead();
                    continue;
                }
                if (!Strike())
                    return;
            }
            if (Input.Count == 0 && InputEnded)
                Next!.End();
        }

        private bool Matches() => HttpRequestScanner.Scan(Input.Head.Bytes) is { } request
            && (Text(MethodName).Length == 0 || request.Method == Text(MethodName))
            && request.Target.StartsWith(Text(PathName), StringComparison.Ordinal);

        /// <summary>False while it waits, and when it ended the connection.</summary>
        private bool Strike()
        {
            if (_due is null)
            {
                Touch(Input.Head.Length);
                _due = Now + Toxic.Attributes.Milliseconds(DelayName);
            }
            if (Now < _due)
            {
                WakeAt(_due.Value);
                return false;
            }
            _due = null;
            if (Toxic.Attributes.Integer(AbortName) != 0)
            {
                Cut();
                return false;
            }
            return Answer() && PassAndCut();
        }

        private bool Answer()
        {
            long status = Toxic.Attributes.Integer(StatusName);
            if (status == 0)
                return true;
            string answer = $"HTTP/1.1 {status} Fault\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            Link.Connection.AnswerClient(System.Text.Encoding.ASCII.GetBytes(answer));
            Cut();
            return false;
        }

        private bool PassAndCut()
        {
            if (Toxic.Attributes.Integer(CutName) is > 0 and var bytes)
                Link.Connection.CutResponseAfter(Toxic, bytes);
            PassHead();
            return true;
        }

        private string Text(string name) => Toxic.Attributes.Text(name);
    }
}
