using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>Bodies that kubectl 1.32 sent, and the JSON that it writes for the same command with <c>--dry-run=client -o json</c>.</summary>
public class KubectlBodiesTests
{
    [Theory]
    [InlineData("create deployment web --image=nginx:1.21 --replicas=3", "Deployment",
        "6b3873000a150a07617070732f7631120a4465706c6f796d656e7412b0010a1f0a0377656212001a0022002a003200380042005a0a0a036170701203776562127f0803120c0a0a0a0361707012037765621a650a1c0a0012001a0022002a003200380042005a0a0a036170701203776562124512270a056e67696e78120a6e67696e783a312e32312a0042006a007200800100880100900100a201001a00320042004a0052005800600068008201008a01009a0100c2010022020a00280038001a0c0800100018002000280038001a002200",
        """{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","creationTimestamp":null,"labels":{"app":"web"}},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"creationTimestamp":null,"labels":{"app":"web"}},"spec":{"containers":[{"name":"nginx","image":"nginx:1.21","resources":{}}]}},"strategy":{}},"status":{}}""")]
    [InlineData("create deployment web --image=nginx:1.21 --port=8080", "Deployment",
        "6b3873000a150a07617070732f7631120a4465706c6f796d656e7412be010a1f0a0377656212001a0022002a003200380042005a0a0a036170701203776562128c010801120c0a0a0a0361707012037765621a720a1c0a0012001a0022002a003200380042005a0a0a036170701203776562125212340a056e67696e78120a6e67696e783a312e32312a00320b0a00100018903f22002a0042006a007200800100880100900100a201001a00320042004a0052005800600068008201008a01009a0100c2010022020a00280038001a0c0800100018002000280038001a002200",
        """{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","creationTimestamp":null,"labels":{"app":"web"}},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"creationTimestamp":null,"labels":{"app":"web"}},"spec":{"containers":[{"name":"nginx","image":"nginx:1.21","ports":[{"containerPort":8080}],"resources":{}}]}},"strategy":{}},"status":{}}""")]
    [InlineData("create namespace shop", "Namespace",
        "6b3873000a0f0a02763112094e616d657370616365121c0a140a0473686f7012001a0022002a0032003800420012001a020a001a002200",
        """{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"shop","creationTimestamp":null},"spec":{},"status":{}}""")]
    [InlineData("create configmap settings --from-literal=color=blue --from-literal=empty=", "ConfigMap",
        "6b3873000a0f0a0276311209436f6e6669674d617012340a180a0873657474696e677312001a0022002a00320038004200120d0a05636f6c6f721204626c756512090a05656d70747912001a002200",
        """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"settings","creationTimestamp":null},"data":{"color":"blue","empty":""}}""")]
    [InlineData("create configmap files --from-file=bin=FILE --from-literal=a=b", "ConfigMap",
        "6b3873000a0f0a0276311209436f6e6669674d6170122b0a150a0566696c657312001a0022002a0032003800420012060a01611201621a0a0a0362696e120300ff101a002200",
        """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"files","creationTimestamp":null},"data":{"a":"b"},"binaryData":{"bin":"AP8Q"}}""")]
    [InlineData("create secret generic keys --from-literal=user=admin", "Secret",
        "6b3873000a0c0a027631120653656372657412270a140a046b65797312001a0022002a00320038004200120d0a0475736572120561646d696e1a001a002200",
        """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"keys","creationTimestamp":null},"data":{"user":"YWRtaW4="}}""")]
    [InlineData("create secret docker-registry reg --docker-server=r.example --docker-username=u --docker-password=p", "Secret",
        "6b3873000a0c0a02763112065365637265741291010a130a0372656712001a0022002a00320038004200125a0a112e646f636b6572636f6e6669676a736f6e12457b226175746873223a7b22722e6578616d706c65223a7b22757365726e616d65223a2275222c2270617373776f7264223a2270222c2261757468223a2264547077227d7d7d1a1e6b756265726e657465732e696f2f646f636b6572636f6e6669676a736f6e1a002200",
        """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"reg","creationTimestamp":null},"data":{".dockerconfigjson":"eyJhdXRocyI6eyJyLmV4YW1wbGUiOnsidXNlcm5hbWUiOiJ1IiwicGFzc3dvcmQiOiJwIiwiYXV0aCI6ImRUcHcifX19"},"type":"kubernetes.io/dockerconfigjson"}""")]
    [InlineData("create service clusterip web --tcp=80:8080", "Service",
        "6b3873000a0d0a02763112075365727669636512690a1f0a0377656212001a0022002a003200380042005a0a0a03617070120377656212420a1b0a0738302d38303830120354435018502207080010903f1a002800120a0a0361707012037765621a002209436c757374657249503a00420052005a00600068001a020a001a002200",
        """{"kind":"Service","apiVersion":"v1","metadata":{"name":"web","creationTimestamp":null,"labels":{"app":"web"}},"spec":{"ports":[{"name":"80-8080","protocol":"TCP","port":80,"targetPort":8080}],"selector":{"app":"web"},"type":"ClusterIP"},"status":{"loadBalancer":{}}}""")]
    [InlineData("create service clusterip web --clusterip=None", "Service",
        "6b3873000a0d0a02763112075365727669636512500a1f0a0377656212001a0022002a003200380042005a0a0a0361707012037765621229120a0a0361707012037765621a044e6f6e652209436c757374657249503a00420052005a00600068001a020a001a002200",
        """{"kind":"Service","apiVersion":"v1","metadata":{"name":"web","creationTimestamp":null,"labels":{"app":"web"}},"spec":{"selector":{"app":"web"},"clusterIP":"None","type":"ClusterIP"},"status":{"loadBalancer":{}}}""")]
    [InlineData("create service nodeport web --tcp=80:http --node-port=30080", "Service",
        "6b3873000a0d0a027631120753657276696365126d0a1f0a0377656212001a0022002a003200380042005a0a0a03617070120377656212460a200a0738302d6874747012035443501850220a080110001a04687474702880eb01120a0a0361707012037765621a0022084e6f6465506f72743a00420052005a00600068001a020a001a002200",
        """{"kind":"Service","apiVersion":"v1","metadata":{"name":"web","creationTimestamp":null,"labels":{"app":"web"}},"spec":{"ports":[{"name":"80-http","protocol":"TCP","port":80,"targetPort":"http","nodePort":30080}],"selector":{"app":"web"},"type":"NodePort"},"status":{"loadBalancer":{}}}""")]
    [InlineData("create service loadbalancer web --tcp=80:8080 --tcp=443:8443", "Service",
        "6b3873000a0d0a027631120753657276696365128b010a1f0a0377656212001a0022002a003200380042005a0a0a03617070120377656212640a1b0a0738302d38303830120354435018502207080010903f1a0028000a1d0a083434332d38343433120354435018bb032207080010fb411a002800120a0a0361707012037765621a00220c4c6f616442616c616e6365723a00420052005a00600068001a020a001a002200",
        """{"kind":"Service","apiVersion":"v1","metadata":{"name":"web","creationTimestamp":null,"labels":{"app":"web"}},"spec":{"ports":[{"name":"80-8080","protocol":"TCP","port":80,"targetPort":8080},{"name":"443-8443","protocol":"TCP","port":443,"targetPort":8443}],"selector":{"app":"web"},"type":"LoadBalancer"},"status":{"loadBalancer":{}}}""")]
    [InlineData("create service externalname db --external-name=db.example.com", "Service",
        "6b3873000a0d0a027631120753657276696365125a0a1d0a02646212001a0022002a003200380042005a090a0361707012026462123512090a03617070120264621a00220c45787465726e616c4e616d653a004200520e64622e6578616d706c652e636f6d5a00600068001a020a001a002200",
        """{"kind":"Service","apiVersion":"v1","metadata":{"name":"db","creationTimestamp":null,"labels":{"app":"db"}},"spec":{"selector":{"app":"db"},"type":"ExternalName","externalName":"db.example.com"},"status":{"loadBalancer":{}}}""")]
    [InlineData("create serviceaccount robot", "ServiceAccount",
        "6b3873000a140a027631120e536572766963654163636f756e7412170a150a05726f626f7412001a0022002a003200380042001a002200",
        """{"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"robot","creationTimestamp":null}}""")]
    [InlineData("debug node/node-1 --image=busybox", "Pod",
        "6b3873000a090a0276311203506f6412d4010a2a0a1a6e6f64652d64656275676765722d6e6f64652d312d346b6d7a3212001a0022002a003200380042001293010a120a09686f73742d726f6f7412050a030a012f12450a086465627567676572120762757379626f782a0042004a180a09686f73742d726f6f7410001a052f686f7374220032006a007200800100880100900100a2010446696c651a054e65766572320042004a0052066e6f64652d315801600168018201008a01009a0100b2010e0a0012064578697374731a002200c201001a100a001a0022002a0032004a005a0072001a002200",
        """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"node-debugger-node-1-4kmz2","creationTimestamp":null},"spec":{"volumes":[{"name":"host-root","hostPath":{"path":"/"}}],"containers":[{"name":"debugger","image":"busybox","resources":{},"volumeMounts":[{"name":"host-root","mountPath":"/host"}],"terminationMessagePolicy":"File"}],"restartPolicy":"Never","nodeName":"node-1","hostNetwork":true,"hostPID":true,"hostIPC":true,"tolerations":[{"operator":"Exists"}]},"status":{}}""")]
    public void ABodyOfKubectlIsReadAsItsJsonIs(string command, string kind, string body, string json)
    {
        var info = KindCatalog.Stored.Single(known => known.Kind == kind);
        var converted = ProtobufBodies.ToJson(Convert.FromHexString(body), info);
        Assert.Equal(converted, ProtobufBodies.ToJson(Convert.FromHexString(body)));
        var read = info.Encode(BodyDecoding.Decode(info, converted));
        var wanted = info.Encode(BodyDecoding.Decode(info, Encoding.UTF8.GetBytes(json)));
        Assert.True(read.AsSpan().SequenceEqual(wanted), $"kubectl {command}: read as {Encoding.UTF8.GetString(read)}, should be {Encoding.UTF8.GetString(wanted)}");
        Assert.Empty(StrictDecoding.Check(info, converted));
    }

    /// <summary>Whatever is done to a body, it is read or refused in the one way that the server expects.</summary>
    [Fact]
    public void BrokenBodiesAreRefusedAndNothingElse()
    {
        var sound = Convert.FromHexString("6b3873000a150a07617070732f7631120a4465706c6f796d656e7412be010a1f0a0377656212001a0022002a003200380042005a0a0a036170701203776562128c010801120c0a0a0a0361707012037765621a720a1c0a0012001a0022002a003200380042005a0a0a036170701203776562125212340a056e67696e78120a6e67696e783a312e32312a00320b0a00100018903f22002a0042006a007200800100880100900100a201001a00320042004a0052005800600068008201008a01009a0100c2010022020a00280038001a0c0800100018002000280038001a002200");
        byte[] pieces = [0x00, 0x01, 0x02, 0x07, 0x0A, 0x0B, 0x0C, 0x12, 0x7F, 0x80, 0xFF];
        var (readAny, refusedAny) = (0, 0);
        for (var at = 0; at < sound.Length; at++)
        {
            foreach (var piece in pieces)
            {
                foreach (byte[] body in (byte[][])[[.. sound[..at], piece, .. sound[(at + 1)..]], [.. sound[..at], piece, .. sound[at..]], sound[..at]])
                {
                    var refused = Record.Exception(() => BodyDecoding.Decode(Kinds.Deployment, ProtobufBodies.ToJson(body, Kinds.Deployment)));
                    Assert.True(refused is null or ObjectDecodingException, $"{Convert.ToHexStringLower(body)}\n{refused}");
                    if (refused is null) readAny++;
                    else refusedAny++;
                }
            }
        }
        Assert.True(readAny > 500 && refusedAny > 500, $"{readAny} were read, {refusedAny} refused.");
    }
}
