# Makes vectors.json: what Google's own protobuf package (Python, upb) writes, reads and refuses.
#
#   pip install protobuf grpcio-tools
#   python -m grpc_tools.protoc -I . --python_out=. everything.proto && python make_vectors.py
#
# It prints what Python takes though Parley refuses it: the two differ there on purpose.
import json, random
from google.protobuf import json_format
from google.protobuf.internal import api_implementation
from everything_pb2 import Everything, Inner, Color
import google.protobuf, sys
random.seed(7)
E=Everything
vec=[]
def inner(d=0):
    i=Inner()
    if random.random()<.7: i.id=random.getrandbits(random.choice([1,7,8,32,64]))
    if random.random()<.7: i.text=random.choice(["a","é","日本","\U0001F600","\"\\\n\u0001"])
    if d<3 and random.random()<.5: i.inner.CopyFrom(inner(d+1))
    i.numbers.extend(random.getrandbits(random.choice([1,14,64])) for _ in range(random.choice([0,0,3])))
    return i
def make():
    e=E()
    p=random.choice([.1,.4,.9])
    r=lambda: random.random()<p
    if r(): e.text=random.choice(["x","","日本語","a\u0000b","\u2028","\"q\"/"])
    if r(): e.data=random.randbytes(random.choice([0,1,2,3,4,31]))
    if r(): e.flag=random.random()<.5
    if r(): e.small=random.choice([0,1,-1,2**31-1,-2**31,150])
    if r(): e.large=random.choice([0,1,-1,2**63-1,-2**63,2**53+1])
    if r(): e.small_unsigned=random.choice([0,1,2**32-1,300])
    if r(): e.large_unsigned=random.choice([0,1,2**64-1,2**63])
    if r(): e.color=random.choice([0,1,2,-1,77,-5])
    if r(): e.maybe_text=random.choice(["","y"])
    if r(): e.maybe_number=random.choice([0,5,2**64-1])
    if r(): e.maybe_flag=random.random()<.5
    if r(): e.inner.CopyFrom(inner())
    if r(): e.numbers.extend([0,1,127,128,16383,16384,2**64-1][:random.randrange(8)])
    if r(): e.texts.extend(random.choice([[],[""],["a","","b"]]))
    if r(): e.inners.extend(inner() for _ in range(random.randrange(4)))
    if r(): e.colors.extend(random.choice([[],[0],[1,2,-1,9]]))
    if r():
        e.time.seconds=random.choice([0,-1,1,951782400,4102444799,-62135596800,253402300799,1583020799,-2208988800, 68169600,1709164800])
        e.time.nanos=random.choice([0,1,1000,1000000,999999999,120000000])
    if r():
        s=random.choice([1,-1]); e.span.seconds=s*random.choice([0,1,3600,315576000000]); 
        e.span.nanos=s*random.choice([0,1,500000000,1000])if abs(e.span.seconds)<315576000000 else 0
    k=random.choice(["","email","id","person"])
    if k=="email": e.email=random.choice(["","a@b.c"])
    if k=="id": e.id=random.choice([0,9])
    if k=="person": e.person.CopyFrom(random.choice([Inner(),inner()]))
    if r(): e.signed_numbers.extend([-1,0,1,-2**31][:random.randrange(5)])
    if r(): e.maybe_data=random.randbytes(random.randrange(3))
    return e
for _ in range(120):
    e=make()
    vec.append({"binary":e.SerializeToString(deterministic=True).hex(),"json":json.loads(json_format.MessageToJson(e))})
vec.insert(0,{"binary":"","json":{}})
# What is sent in another way than it is written: what Python reads, written by Python again.
other=[]
def reads(b):
    e=E(); e.ParseFromString(b); e.DiscardUnknownFields()
    return e.SerializeToString(deterministic=True).hex()
cands={
 "unpacked numbers":"680168026803","packed and not, mixed":"6801 6a020203 6804".replace(" ",""),
 "the last scalar counts":"0a01610a0162","messages are merged":"62020801 6205120178 2001".replace(" ",""),
 "oneof: the last counts":"a20101 61 a80107".replace(" ",""),"oneof messages are merged":"b201020801b2010312 0178".replace(" ",""),
 "unknown fields":"9806 01 9a0603616263 9d0601020304 990601020304050607 08 0a0161".replace(" ",""),
 "a wire type of another kind":"08010a0161","long varint":"3880808080808080808001","int32 cut from 64 bits":"20ffffffffffffffffff01",
 "int32 cut":"2081808080808080808001","bool of many bytes":"188001","bool beyond 1":"1802","varint with useless bytes":"38818000",
 "default sent explicitly":"0a00180020002800","default of optional":"4a00500058 00".replace(" ",""),"empty packed":"6a00","enum cut":"40ffffffffffffffffff01",
 "numbers out of order":"18010a0161","negative span":"92010b08ffffffffffffffffff01",
 "oneof other kind between":"b201020801a20101 61b2010312 0178".replace(" ",""),
}
for n,h in cands.items():
    try: other.append({"name":n,"binary":h,"written":reads(bytes.fromhex(h))})
    except Exception as x: print("NOT READ",n,h,x)
bad=[]
for n,h in {"a tag without a value":"0a","a length beyond the end":"0a0561","a varint without an end":"38ffff","a varint of eleven bytes":"38ffffffffffffffffffff01",
 "field number 0":"0001","wire type 6":"0e","wire type 7":"0f","a group's start":"0b","a group's end":"0c","text that is not UTF-8":"0a01ff","text with a surrogate":"0a03eda080",
 "text cut in a character":"0a02e697","overlong UTF-8":"0a02c080","a length of 2^63":"0affffffffffffffffff01","a message beyond its owner":"62050a0361","a packed list with half a number":"6a0180",
 "an unknown field cut":"9a06ff","fixed64 cut":"99060102","fixed32 cut":"9d0601","a message with a bad field":"62020a05","bad text in a list":"7202c328","bad text in a oneof":"a20101ff",
 "a tag of six bytes":"8a80808080808001 0161".replace(" ","")}.items():
    try: E().ParseFromString(bytes.fromhex(h)); print("READ",n,h)
    except Exception as x: pass
    bad.append({"name":n,"binary":h})
# JSON spellings
js=[]; jbad=[]
for t in ['{"smallUnsigned":5}','{"small_unsigned":5}','{"small":"-7"}','{"small":1e2}','{"small":3.0}','{"large":"9223372036854775807"}','{"large":9223372036854775807}','{"largeUnsigned":18446744073709551615}',
 '{"data":"aGk="}','{"data":"aGk"}','{"data":"-_8="}','{"data":"-_8"}','{"data":"+/8="}','{"color":"COLOR_RED"}','{"color":2}','{"color":99}','{"color":-1}','{"colors":["COLOR_DARK_BLUE",1]}',
 '{"text":null,"numbers":null,"inner":null,"time":null}','{"time":"2024-02-29T12:00:00Z"}','{"time":"2024-02-29T12:00:00.5+08:00"}','{"time":"1969-12-31T23:59:59.999999999Z"}','{"time":"0001-01-01T00:00:00Z"}','{"time":"9999-12-31T23:59:59.999999999Z"}',
 '{"span":"3600s"}','{"span":"-1.5s"}','{"span":"0.000000001s"}','{"span":"315576000000s"}','{"email":"x"}','{"id":"5"}','{"maybeText":""}','{"maybe_text":"","maybe_number":"0"}','{"person":{}}','{"inner":{}}','{"numbers":["1",2]}','{"inners":[{},{"id":1}]}','{"email":null,"id":3}',
 '{"maybeData":""}','{"flag":false}','{"unknown":1,"text":"a"}','{"unknown":{"a":[{}]}}']:
    e=E(); json_format.Parse(t,e,ignore_unknown_fields=True)
    js.append({"json":t,"binary":e.SerializeToString(deterministic=True).hex()})
for t in ['{"smallUnsigned":-1}','{"small":2147483648}','{"small":1.5}','{"small":"+1"}','{"small":" 1"}','{"small":"x"}','{"small":true}','{"large":"9223372036854775808"}','{"largeUnsigned":"18446744073709551616"}','{"largeUnsigned":-1}','{"flag":"true"}','{"flag":1}','{"text":1}','{"text":["a"]}','{"data":5}','{"data":"a"}','{"data":"a*=="}',
 '{"color":"RED"}','{"color":true}','{"numbers":5}','{"numbers":[null]}','{"numbers":[[1]]}','{"inner":5}','{"inner":[]}','{"inners":[null]}','{"inners":{}}','{"time":5}','{"time":"2024-02-30T00:00:00Z"}','{"time":"2023-02-29T00:00:00Z"}','{"time":"2024-01-01"}','{"time":"2024-01-01T00:00:00"}','{"time":"0000-01-01T00:00:00Z"}','{"time":"2024-13-01T00:00:00Z"}','{"time":"2024-01-01T24:00:00Z"}',
 '{"span":"3600"}','{"span":5}','{"span":"s"}','{"span":"315576000001s"}','{"span":"1.s"}','{"span":"--1s"}','{"email":"x","id":"5"}','{"smallUnsigned":1,"small_unsigned":1}','[]','"x"','null','5']:
    try: json_format.Parse(t,E(),ignore_unknown_fields=True); print("JSON READ",t)
    except Exception as x: pass
    jbad.append(t)
out={"vectors":vec,"otherBinary":other,"refusedBinary":bad,"otherJSON":js,"refusedJSON":jbad}
lines=[]
with open("vectors.json","w") as f:
    f.write("{\n")
    for n,(k,v) in enumerate(out.items()):
        f.write(' %s: [\n'%json.dumps(k)+",\n".join("  "+json.dumps(x,ensure_ascii=False) for x in v)+"\n ]"+(",\n" if n<len(out)-1 else "\n"))
    f.write("}\n")
print(google.protobuf.__version__, api_implementation.Type())
