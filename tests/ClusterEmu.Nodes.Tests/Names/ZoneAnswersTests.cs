using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public class ZoneAnswersTests
{
    private static ClusterZone ZoneOf(params string[] addresses) => new()
    {
        Outside = new Dictionary<string, IReadOnlyList<Ip>>(StringComparer.Ordinal) { ["db.example.com"] = [.. addresses.Select(Ip.Parse)] },
    };

    private static byte[] Query(ushort id, string name, ushort size = 0) => DnsCodec.Write(DnsMessage.Query(id, name, DnsType.A, size));

    [Fact]
    public void QuestionsAskedAgain_AreAnsweredAsTheFirstTime_WithTheirOwnNumber_UntilTheNamesChange()
    {
        var feed = new ZoneFeed();
        var answers = new ZoneAnswers(feed);
        Assert.False(answers.Ready);
        Assert.True(answers.Answer(Query(1, "db.example.com"), false).IsEmpty);
        foreach (var address in new[] { "203.0.113.20", "203.0.113.21" })
        {
            feed.Publish(ZoneOf(address));
            Assert.True(answers.Ready);
            for (ushort id = 1; id < 6; id++)
            {
                foreach (var query in new[] { Query(id, "db.example.com"), Query(id, "db.example.com", 4096), Query(id, "nobody.example.com"), Query(id, "DB.example.com"), [(byte)0, (byte)id, 1] })
                {
                    var expected = DnsServer.Answer(query, feed.Zone!, 0);
                    Assert.Equal(expected is null ? "" : Convert.ToHexString(expected), Convert.ToHexString(answers.Answer(query, false).Span));
                }
            }
        }
    }

    [Fact]
    public void SeveralAddresses_AreTurnedEachTime()
    {
        var feed = new ZoneFeed();
        feed.Publish(ZoneOf("203.0.113.20", "203.0.113.21", "203.0.113.22"));
        var answers = new ZoneAnswers(feed);
        var first = Enumerable.Range(0, 6).Select(i => ((DnsRecord.Address)DnsCodec.Read(answers.Answer(Query((ushort)i, "db.example.com"), false).Span).Answers[0]).Ip);
        Assert.Equal(3, first.Distinct().Count());
    }

    [Fact]
    public void Memo_ForgetsAll_WhenTooManyQuestionsWereAsked()
    {
        var (memo, zone) = (new DnsMemo(), ZoneOf("203.0.113.20"));
        for (var i = 0; i <= DnsMemo.MaxQuestions; i++) memo.Add(Query(1, $"name-{i}"), zone, Query(1, $"name-{i}"));
        Assert.Null(memo.Find(Query(1, "name-0"), zone));
        Assert.NotNull(memo.Find(Query(1, $"name-{DnsMemo.MaxQuestions}"), zone));
        Assert.Null(memo.Find(Query(1, $"name-{DnsMemo.MaxQuestions}"), ZoneOf("203.0.113.20")));
        Assert.Null(memo.Find([1], zone));
    }
}
